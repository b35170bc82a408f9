import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { from, interval, lastValueFrom, map, of, take } from 'rxjs';
import { fromIterable, fromPull, json, topic } from 'rxzmq';
import { gnuradio } from 'rxzmq/gnuradio';
import { toIqFile, toSigmf } from 'rxzmq/sigmf';
import { describe, expect, it } from 'vitest';
import { idle, radio, serve, temporaryFolder, tones } from './support/peers.js';
import { rxzmq } from './support/program.js';

describe('rxzmq info', { timeout: 60_000 }, () => {
  it('says what a PUB publishes', async () => {
    const run = await rxzmq(['info', await radio('pub'), '--seconds', '1']);
    expect(run.code, run.err).toBe(0);
    expect(run.out).toMatch(/^endpoint: +tcp:\/\/127\.0\.0\.1:\d+\ntype: +PUB /);
    expect(run.out).toMatch(/^format: +SIGS frames\ncodec: +--codec sigs$/m);
    expect(run.out).toMatch(/^sample type: +cf32$/m);
    expect(run.out).toMatch(/^sample rate: +1\.000 MS\/s$/m);
    expect(run.out).toMatch(/^frequency: +433\.920 MHz$/m);
    expect(run.out).toMatch(/^level: +-6\.0 dBFS rms$/m);
  });

  it('takes nothing from a PUSH', async () => {
    const endpoint = await serve(fromIterable(tones()).pipe(take(3)), 'push');
    const run = await rxzmq(['info', endpoint, '--json']);
    expect(JSON.parse(run.out), run.err).toMatchObject({ endpoint, type: expect.stringMatching(/^PUSH /) as unknown });
    const sequences: number[] = [];
    await lastValueFrom(
      fromPull(endpoint).pipe(
        take(3),
        map(({ sequence }) => sequences.push(sequence)),
      ),
    );
    expect(sequences).toEqual([0, 1, 2]);
  });

  it.each(['rep', 'router', 'pull', 'sub', 'xpub', 'pair'] as const)('knows a %s', async (type) => {
    const run = await rxzmq(['info', await idle(type), '--seconds', '0.2', '--json']);
    expect((JSON.parse(run.out) as { type: string }).type).toMatch(
      type === 'xpub' ? /^PUB/ : new RegExp(`^${type}`, 'i'),
    );
  });

  it.each([
    ['json', json(), { mhz: 1 }, /JSON/],
    ['gnuradio', gnuradio(), new Float32Array(2000).fill(0.25), /GNU Radio without tags/],
    ["json --topic ''", topic(json()), { topic: 'a', value: {} }, /JSON, with a topic/],
  ])('guesses --codec %s', async (name, codec, value, format) => {
    const endpoint = await serve(interval(20).pipe(map(() => value)), 'pub', { codec });
    const run = await rxzmq(['info', endpoint, '--seconds', '0.5', '--json']);
    expect(JSON.parse(run.out)).toMatchObject({
      codec: `--codec ${name}`,
      format: expect.stringMatching(format) as unknown,
    });
  });

  it('describes a recording, and checks it', async () => {
    const path = join(temporaryFolder(), 'evening');
    await lastValueFrom(from([...take2()]).pipe(toSigmf(path, { global: { 'core:description': 'two tones' } })));
    const run = await rxzmq(['info', path, '--verify']);
    expect(run.out, run.err).toMatch(
      /^recording: +evening\ndatatype: +cf32_le\nsample rate: +1\.000 MS\/s\nsamples: +2000, 0\.0 s$/m,
    );
    expect(run.out).toMatch(/^begins: +2023-11-14T22:13:20/m);
    expect(run.out).toMatch(/^description: +two tones$/m);
    expect(run.out).toMatch(/^sha512: +right$/m);
    const data = `${path}.sigmf-data`;
    writeFileSync(data, new Uint8Array(16_000));
    const wrong = await rxzmq(['info', path, '--verify']);
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('sha512');
  });

  it('describes a file of samples', async () => {
    const path = join(temporaryFolder(), 'x.cu8');
    writeFileSync(path, new Uint8Array(4800).fill(127));
    const run = await rxzmq(['info', path, '--rate', '2400', '--freq', '98.5M']);
    expect(run.out, run.err).toMatch(/^format: +cu8\nsize: +4\.80 kB\nsamples: +2400, 1\.0 s$/m);
    expect(run.out).toMatch(/^frequency: +98\.500 MHz$/m);
  });

  it.each(['x.wav', 'x.cs16'])('counts the samples of %s, and no header', async (name) => {
    const path = join(temporaryFolder(), name);
    await lastValueFrom(of(tones(1001).next().value).pipe(toIqFile(path)));
    const run = await rxzmq(['info', path, '--rate', '1001']);
    expect(run.out, run.err).toMatch(/^samples: +1001, 1\.0 s$/m);
  });

  it('fails where nobody is', async () => {
    const run = await rxzmq(['info', 'tcp://127.0.0.1:1']);
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/nobody answers at tcp:\/\/127\.0\.0\.1:1$/m);
  });
});

function* take2() {
  const endless = tones();
  for (let n = 0; n < 2; n++) yield endless.next().value!;
}
