import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstValueFrom, lastValueFrom, of, take, toArray } from 'rxjs';
import { frame, fromPull, fromSub, text } from 'rxzmq';
import { fromSigmf, readSigmf, toSigmf } from 'rxzmq/sigmf';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FREQUENCY, radio, RATE, START_NS, temporaryFolder, tones } from './support/peers.js';
import { rxzmq, start } from './support/program.js';

/** A recording of so many samples of a tone. */
async function recording(samples: number, rate = RATE): Promise<string> {
  const path = join(temporaryFolder(), 'tone');
  const [one] = tones(samples, rate);
  await lastValueFrom(of(one!).pipe(toSigmf(path)));
  return path;
}

describe('rxzmq record', { timeout: 60_000 }, () => {
  it.each([
    ['--samples', '12345', 12_345],
    ['--seconds', '0.05', 50_000],
  ])('%s %s is exactly that', async (option, value, samples) => {
    const path = join(temporaryFolder(), 'rec');
    const run = await rxzmq(['record', await radio(), path, option, value]);
    expect(run.code, run.err).toBe(0);
    expect(run.err).toContain(`recorded ${path}.sigmf-meta and ${path}.sigmf-data: `);
    const [one] = await readSigmf(path, { verify: 'sha512' });
    expect(one).toMatchObject({ datatype: 'cf32_le', sampleRate: RATE, numSamples: samples, numLost: 0 });
    expect(one!.meta.captures[0]).toMatchObject({ 'core:frequency': FREQUENCY });
  });

  it.each([
    ['x.cs16', 4],
    ['x.cf32', 8],
  ])('writes a file of samples: %s', async (name, bytes) => {
    const path = join(temporaryFolder(), name);
    const run = await rxzmq(['record', await radio('pub'), path, '--samples', '5000']);
    expect(run.code, run.err).toBe(0);
    expect(statSync(path).size).toBe(5000 * bytes);
  });

  it.each([
    ['x.cu8', 'cu8', 2, '2.00 kB', '1001 samples of cu8, 2.00 kB, lost 0'], // a file without a header does not say its rate
    ['x.cs16', 'ci16', 4, '4.00 kB', '1001 samples of cu8, 2.00 kB, lost 0'],
    ['x.wav', 'cf32', 8, '8.01 kB', '1001 samples of cu8, 0.0 s, 2.00 kB, lost 0'],
    ['x', 'cf32', 8, '8.01 kB', '1001 samples of cu8, 0.0 s, 2.00 kB, lost 0'],
  ])('counts what is written, not what came: %s', async (name, sampleType, bytes, size, relayed) => {
    const [folder, endpoint] = [temporaryFolder(), await radio('pub')];
    const path = join(folder, name);
    const run = await rxzmq(['record', endpoint, path, '--samples', '1001']);
    expect(run.err).toContain(`1001 samples of ${sampleType}, 0.0 s, ${size}, lost 0`);
    const last = await rxzmq(['record', endpoint, path, '--samples', '1001', '--json', '--overwrite']);
    expect(JSON.parse(last.out), last.err).toMatchObject({
      event: 'end',
      samples: 1001,
      sampleType,
      bytes: 1001 * bytes,
    });
    if (name.startsWith('x.c')) expect(statSync(path).size).toBe(1001 * bytes);
    const relay = await rxzmq(['relay', path, join(folder, 'y.cu8')]);
    expect(relay.err).toContain(relayed);
  });

  it('does not replace what is there, unless it is told to', async () => {
    const path = join(temporaryFolder(), 'rec');
    const args = ['record', await radio('pub'), path, '--samples', '1000'];
    expect((await rxzmq(args)).code).toBe(0);
    const again = await rxzmq(args);
    expect(again.code).toBe(1);
    expect(again.err).toMatch(/rec\.sigmf-(meta|data).*there already; --overwrite replaces it/);
    expect((await rxzmq([...args, '--overwrite'])).code).toBe(0);
  });

  it('says that it needs a rate for seconds', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'x.cs8'), new Uint8Array(200));
    const run = await rxzmq(['record', join(folder, 'x.cs8'), join(folder, 'rec'), '--seconds', '1']);
    expect(run.code).toBe(1);
    expect(run.err).toContain('use --samples, or --rate');
  });
});

describe('rxzmq replay', { timeout: 60_000 }, () => {
  it('sends a recording at its rate, to whoever pulls', async () => {
    const run = start(['replay', await recording(100_000, 200_000), 'tcp://127.0.0.1:*', '--json']); // half a second
    const [, endpoint] = await run.says(/listening at (\S+)/);
    const first = performance.now();
    const frames = await firstValueFrom(fromPull(endpoint!).pipe(take(2), toArray()));
    expect(performance.now() - first).toBeGreaterThan(200); // the second block waits for the first one's 65,536 samples
    expect(frames.map(({ numSamples }) => numSamples)).toEqual([65_536, 34_464]);
    expect((await run.ended).code, run.err).toBe(0);
    expect(JSON.parse(run.out.trimEnd().split('\n').at(-1)!)).toMatchObject({ event: 'end', samples: 100_000 });
  });

  it('publishes it again and again, from the first subscriber on', async () => {
    const run = start(['replay', await recording(1000), 'tcp://127.0.0.1:*', '--pub', '--loop']);
    const [, endpoint] = await run.says(/listening at (\S+)/);
    const frames = await firstValueFrom(fromSub(endpoint!).pipe(take(5), toArray()));
    expect(frames.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4]);
    expect(frames.every(({ timestampNs }) => timestampNs > START_NS)).toBe(true); // as if it were live
  });

  it('sends a part, converted, as fast as it is taken', async () => {
    const path = await recording(100_000);
    const run = start([
      'replay',
      path,
      'tcp://127.0.0.1:*',
      '--fast',
      '--from',
      '10',
      '--to',
      '30',
      '--convert',
      'ci8',
    ]);
    const [, endpoint] = await run.says(/listening at (\S+)/);
    const part = await firstValueFrom(fromPull(endpoint!));
    expect(part).toMatchObject({ sampleType: 'ci8', numSamples: 20 });
    expect((await run.ended).code).toBe(0);
  });
});

describe('rxzmq relay', { timeout: 60_000 }, () => {
  it('carries frames from PUSH to PUB, converted, in blocks, with their numbers and times', async () => {
    const run = start([
      'relay',
      await radio(),
      'tcp://127.0.0.1:*',
      '--pub',
      '--wait',
      '1',
      '--convert',
      'ci16',
      '--reblock',
      '4096',
    ]);
    const [, endpoint] = await run.says(/listening at (\S+)/);
    const frames = await firstValueFrom(fromSub(endpoint!).pipe(take(2), toArray()));
    expect(frames[0]).toMatchObject({ sampleType: 'ci16', numSamples: 4096, centerFreq: FREQUENCY });
    run.child.kill('SIGTERM');
    expect((await run.ended).code).toBe(0);
  });

  it('keeps loss further up visible', async () => {
    const run = start(['relay', await radio(), 'tcp://127.0.0.1:*']);
    const [, endpoint] = await run.says(/listening at (\S+)/);
    const [one, other] = await firstValueFrom(fromPull(endpoint!).pipe(take(2), toArray()));
    expect(one!.timestampNs).toBe(START_NS + BigInt(one!.sequence) * 1_000_000n);
    expect(other!.sequence).toBe(one!.sequence + 1);
  });

  it('connects to a PULL, whose type it finds out', async () => {
    const { openSocket } = await import('rxzmq');
    await using socket = openSocket('pull').bind('tcp://127.0.0.1:*');
    const endpoint = String(await socket.opened);
    const first = firstValueFrom(socket.messages);
    start(['relay', await radio(), endpoint, '--connect']);
    expect((await first).length).toBe(2);
  });

  it('stands in pipes between two programs of samples', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'x.cf32');
    // the filter in the middle is any program: this one halves the rate
    const run = start(['relay', await recording(20_000), '-', '--convert', 'cf32'], {
      shell: `RXZMQ | node -e "
        const chunks = [];
        process.stdin.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
          const all = Buffer.concat(chunks);
          for (let at = 0; at < all.length; at += 16) process.stdout.write(all.subarray(at, at + 8));
        })" > ${path}`,
    });
    expect((await run.ended).code).toBe(0);
    expect(statSync(path).size).toBe(10_000 * 8);
    const back = await rxzmq(['record', path, join(folder, 'half'), '--rate', '500k']);
    expect(back.code, back.err).toBe(0);
    const half = await firstValueFrom(fromSigmf(join(folder, 'half')));
    expect(half).toMatchObject({ numSamples: 10_000, sampleRate: 500_000 });
  });
});

describe('rxzmq send', { timeout: 60_000 }, () => {
  it.each(['tone', 'chirp', 'noise'])('generates a %s at its rate and level', async (signal) => {
    const args = [
      'send',
      'tcp://127.0.0.1:*',
      '--signal',
      signal,
      '--rate',
      '100k',
      '--freq',
      '98.5M',
      '--level',
      '-20',
    ];
    const run = start([...args, '--block', '1000', '--count', '20']);
    const [, endpoint] = await run.says(/listening at (\S+)/);
    const frames = await firstValueFrom(fromPull(endpoint!).pipe(take(20), toArray()));
    expect(frames[0]).toMatchObject({ sampleType: 'cf32', sampleRate: 100_000, centerFreq: 98.5e6, numSamples: 1000 });
    const power = frames
      .flatMap(({ samples }) => [...(samples as Float32Array)])
      .reduce((sum, value) => sum + value ** 2, 0);
    expect(10 * Math.log10(power / 20_000)).toBeCloseTo(-20, 0);
    expect((await run.ended).code).toBe(0);
  });

  it('sends each line of the standard input', async () => {
    const { json } = await import('rxzmq');
    const run = start(['send', 'tcp://127.0.0.1:*', '--codec', 'json'], { input: '{"mhz":98.5}\n[1,2]\n' });
    const [, endpoint] = await run.says(/listening at (\S+)/);
    expect(await firstValueFrom(fromPull(endpoint!, { codec: json() }).pipe(take(2), toArray()))).toEqual([
      { mhz: 98.5 },
      [1, 2],
    ]);
    expect((await run.ended).code, run.err).toBe(0);
  });

  it.each([
    ['one\ntwo\n', 'sent 2 lines'],
    ['one\n', 'sent 1 line'],
  ])('says how many lines it sent: %j', async (input, says) => {
    const run = start(['send', 'tcp://127.0.0.1:*', '--codec', 'text'], { input });
    const [, endpoint] = await run.says(/listening at (\S+)/);
    const taking = fromPull(endpoint!, { codec: text }).subscribe();
    onTestFinished(() => taking.unsubscribe());
    expect((await run.ended).code, run.err).toBe(0);
    expect(run.err).toMatch(new RegExp(`^rxzmq: ${says}$`, 'm'));
  });

  it('does not count lines that nobody took', async () => {
    const run = start(['send', 'tcp://127.0.0.1:*', '--codec', 'text'], { input: 'one\ntwo\n' });
    await run.says(/listening at/);
    run.child.kill('SIGINT');
    expect((await run.ended).code, run.err).toBe(0);
    expect(run.err).toMatch(/^rxzmq: sent 0 lines$/m);
  });

  it.each([
    ['send tcp://127.0.0.1:* --seconds 0.5'],
    ['send tcp://127.0.0.1:* --pub --wait 1 --seconds 0.5'],
    ['replay tone tcp://127.0.0.1:* --seconds 0.5'],
  ])('says that nobody took anything: %s', async (line) => {
    const cwd = temporaryFolder();
    await lastValueFrom(of(tones(5000).next().value).pipe(toSigmf(join(cwd, 'tone'))));
    const run = await rxzmq(line.split(' '), { cwd });
    expect(run.err).toMatch(/^rxzmq: nobody took anything at tcp:\/\/127\.0\.0\.1:\*$/m);
    expect(run.code).toBe(1);
  });

  it('says that there was nothing to send', async () => {
    const run = await rxzmq(['send', 'tcp://127.0.0.1:*', '-', '--codec', 'text', '--wait', '0'], { input: '' });
    expect(run.err).toMatch(/^rxzmq: nothing came from the standard input$/m);
    expect(run.code).toBe(1);
  });

  it('sends with a topic, as PUB', async () => {
    const { topic } = await import('rxzmq');
    const run = start(['send', 'tcp://127.0.0.1:*', '--codec', 'text', '--topic', 'news'], { input: 'one\ntwo\n' });
    const [, endpoint] = await run.says(/listening at (\S+)/);
    const got = await firstValueFrom(fromSub(endpoint!, { codec: topic(text) }).pipe(take(2), toArray()));
    expect(got).toEqual([
      { topic: 'news', value: 'one' },
      { topic: 'news', value: 'two' },
    ]);
  });

  it('says which line is no JSON', async () => {
    const run = start(['send', 'tcp://127.0.0.1:*', '--codec', 'json'], { input: 'nonsense\n' });
    const [, endpoint] = await run.says(/listening at (\S+)/);
    const taking = fromPull(endpoint!).subscribe();
    onTestFinished(() => taking.unsubscribe());
    expect((await run.ended).code).toBe(1);
    expect(run.err).toContain("a line is no JSON: 'nonsense'");
  });

  it('sends a recording', async () => {
    const run = start(['send', 'tcp://127.0.0.1:*', await recording(3000)]);
    const [, endpoint] = await run.says(/listening at (\S+)/);
    const got = await firstValueFrom(fromPull(endpoint!));
    expect(got.samples).toEqual(frame(tones(3000).next().value!.samples as Float32Array<ArrayBuffer>).samples);
    expect((await run.ended).code).toBe(0);
  });
});
