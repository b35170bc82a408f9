import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { from } from 'rxjs';
import { fromIterable } from 'rxzmq';
import { fromIqFile, toIqFile } from 'rxzmq/sigmf';
import { describe, expect, it } from 'vitest';
import { all, failure, folder, program } from './support.js';

describe('standard input and output', () => {
  /** Runs the program with bytes as its input. */
  async function copy(input: Uint8Array, ...args: string[]) {
    const child = program('copy', args);
    const chunks: Buffer[] = [];
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    const [code] = (await once(child, 'close')) as [number];
    return { code, stderr, output: Buffer.concat(chunks) };
  }

  it('are read and written, and the process ends by itself', { timeout: 240_000 }, async () => {
    const input = Uint8Array.from({ length: 500_000 }, (_, i) => i);
    const { output, ...ended } = await copy(input, 'cu8', 'ci8');
    expect(ended).toEqual({ code: 0, stderr: '' });
    expect(output.equals(Buffer.from(input.map((byte) => byte ^ 128)))).toBe(true);
  });

  it('the program of the guide makes floats of bytes', { timeout: 240_000 }, async () => {
    const path = fileURLToPath(new URL('../../examples/programs/iqPipe.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', path], { stdio: ['pipe', 'pipe', 'inherit'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.end(Uint8Array.from([0, 255]));
    expect(await once(child, 'close')).toEqual([0, null]);
    const floats = new Float32Array(new Uint8Array(Buffer.concat(chunks)).buffer);
    expect([...floats]).toEqual([-127.5 / 128, 127.5 / 128]);
  });

  it('take ends the reading, and with it the process, though its input is open', { timeout: 240_000 }, async () => {
    const child = program('copy', ['ci8', 'ci8', '2']);
    child.stdin?.write(new Uint8Array(100_000).fill(5)); // and no end
    let length = 0;
    child.stdout?.on('data', (chunk: Buffer) => (length += chunk.length));
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(length).toBe(4000);
  });

  it('WAV goes both ways', { timeout: 240_000 }, async () => {
    const { output, ...ended } = await copy(new Uint8Array(100), 'ci8', 'wav');
    expect(ended).toEqual({ code: 0, stderr: '' });
    const again = await copy(output, 'wav', 'ci16');
    expect(again.output).toHaveLength(200);
  });

  it('a reader that goes away is an error with its code', { timeout: 240_000 }, async () => {
    const child = program('copy', ['ci8', 'ci8']);
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin?.on('error', () => undefined);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const feed = setInterval(() => child.stdin?.write(new Uint8Array(100_000)), 5);
    const [code] = (await once(child, 'close')) as [number];
    clearInterval(feed);
    expect([code, stderr]).toEqual([0, 'ERR_FILE EPIPE\n']);
  });

  it.skipIf(process.platform === 'win32')('a named pipe is read in order, once', { timeout: 240_000 }, async () => {
    const path = folder()('pipe.ci8');
    execFileSync('mkfifo', [path]);
    const reading = all(fromIqFile(path, { blockSamples: 3, from: 1, sampleRate: 1e6 }));
    await all(from([new Int8Array([9, 9, 1, 2]), new Int8Array([3, 4, 5, 6, 7, 8])]).pipe(toIqFile(path)));
    const frames = await reading;
    expect(frames.map((f) => [...f.samples])).toEqual([
      [1, 2, 3, 4, 5, 6],
      [7, 8],
    ]);
    expect(frames[1]!.timestampNs - frames[0]!.timestampNs).toBe(3000n);
    expect((await failure(fromIqFile(path, { loop: true }))).message).toMatch(/option 'loop' needs a file/);
  });

  it.skipIf(process.platform === 'win32')(
    'a pipe that nobody reads holds the source back: about 1 MiB waits',
    { timeout: 240_000 },
    async () => {
      const path = folder()('pipe.cf32');
      execFileSync('mkfifo', [path]);
      let made = 0;
      function* signal() {
        for (; made < 100; made += 1) yield new Float32Array(32_768).fill(made);
      }
      const writing = all(fromIterable(signal()).pipe(toIqFile(path)));
      await expect.poll(() => made).toBeGreaterThan(4);
      await new Promise((resolve) => setImmediate(resolve));
      expect(made).toBeLessThan(20);
      const read = await all(fromIqFile(path, { blockSamples: 16_384 }));
      expect(read.map((f) => f.samples[0])).toEqual(Array.from({ length: 100 }, (_, n) => n));
      await writing;
    },
  );
});

describe.skipIf(process.platform === 'win32')('a pipe that has a name', () => {
  it('is not read for a subscription that has ended before it was opened', async () => {
    const path = folder()('pipe.ci8');
    execFileSync('mkfifo', [path]);
    const pipe = openSync(path, 'r+'); // otherwise opening it waits for its other end
    fromIqFile(path).subscribe().unsubscribe();
    const next = all(fromIqFile(path, { blockSamples: 2, to: 2 }));
    writeSync(pipe, Uint8Array.of(1, 2, 3, 4)); // a reader that is left over would take it first
    expect((await next).map(({ samples }) => [...samples])).toEqual([[1, 2, 3, 4]]);
    closeSync(pipe);
  });
});
