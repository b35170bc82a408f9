import { concat, from, NEVER } from 'rxjs';
import { fromIterable, json, pace, raw, sigs, text, topic } from 'rxzmq';
import { gnuradio, pmt } from 'rxzmq/gnuradio';
import { describe, expect, it } from 'vitest';
import { radio, serve, tones } from './support/peers.js';
import { rxzmq, start } from './support/program.js';

const codecs = (values: readonly unknown[]) => concat(from(values), NEVER);

describe('rxzmq listen', { timeout: 60_000 }, () => {
  it.each(['push', 'pub'] as const)('finds out that its peer is a %s, and shows a line for each frame', async (as) => {
    const run = await rxzmq(['listen', await radio(as), '--count', '3']);
    expect(run.code, run.err).toBe(0);
    const lines = run.out.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^#\d+ +1000 cf32 +1\.000 MS\/s +433\.920 MHz +-6\.0 dBFS {2}2023-11-14T22:1\d:\d\d\.\d{9}Z$/,
    );
  });

  it('gives JSON to machines', async () => {
    const run = await rxzmq(['listen', await radio(), '--count', '2', '--json']);
    const lines = run.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      sampleType: 'cf32',
      numSamples: 1000,
      sampleRate: 1e6,
      centerFreq: 433.92e6,
      sequence: 0,
      timestampNs: '1700000000000000000',
      rmsDbfs: -6.02,
      bytes: 8000,
    });
  });

  it.each([
    ['text', text, ['one', 'two\nlines'], ['one', 'two\\nlines']],
    ['json', json(), [{ mhz: 98.5 }, [1]], ['{"mhz":98.5}', '[1]']],
    ['raw', raw, [[Uint8Array.of(1, 255), new Uint8Array(20)]], [`2 B 01ff | 20 B ${'00'.repeat(16)}...`]],
    ['pmt', pmt(), [{ freq: 98.5 }], ['{"freq":98.5}']],
  ] as const)('shows messages of --codec %s', async (name, codec, values, lines) => {
    const endpoint = await serve(codecs(values), 'push', { codec });
    const run = await rxzmq(['listen', endpoint, '--codec', name, '--count', String(values.length)]);
    expect(run.out.trimEnd().split('\n'), run.err).toEqual(lines);
  });

  it('shows topics, of those that were asked for', async () => {
    const values = [
      { topic: 'quotes.EUR', value: 1 },
      { topic: 'trades.EUR', value: 2 },
      { topic: 'quotes.USD', value: 3 },
    ];
    const endpoint = await serve(codecs(values), 'pub', { codec: topic(json()), waitForSubscribers: 1 });
    const run = await rxzmq(['listen', endpoint, '--codec', 'json', '--topic', 'quotes.', '--count', '2']);
    expect(run.out).toBe('quotes.EUR 1\nquotes.USD 3\n');
  });

  it('shows frames with a topic', async () => {
    const [frame] = tones();
    const endpoint = await serve(codecs([{ topic: 'north', value: frame }]), 'pub', {
      codec: topic(sigs),
      waitForSubscribers: 1,
    });
    const run = await rxzmq(['listen', endpoint, '--topic', 'n', '--count', '1']);
    expect(run.out, run.err).toMatch(/^north #0 +1000 cf32/);
  });

  it('shows what a stream of GNU Radio has, and its rate', async () => {
    const endpoint = await serve(fromIterable(tones()), 'push', { codec: gnuradio() });
    const options = ['--codec', 'gnuradio', '--rate', '2M', '--freq', '98.5M', '--count', '1'];
    const run = await rxzmq(['listen', endpoint, ...options]);
    expect(run.out, run.err).toMatch(/^#0 +1000 cf32 +2\.000 MS\/s +98\.500 MHz/);
  });

  it('says by its own option that a stream of GNU Radio has a key, and takes it so', async () => {
    const endpoint = await serve(fromIterable(tones()).pipe(pace()), 'pub', { codec: gnuradio({ key: 'north' }) });
    const run = start(['listen', endpoint, '--codec', 'gnuradio', '--sub']);
    await run.says(/cannot be read: .*if the peer sends a key, say which by --topic/);
    const right = await rxzmq(['listen', endpoint, '--codec', 'gnuradio', '--topic', 'north', '--count', '1']);
    expect(right.out, right.err).toMatch(/^#\d+ +1000 cf32/);
  });

  it('does not let a peer write to the screen', async () => {
    const endpoint = await serve(codecs(['\x1b[2Jgone\x07']), 'push', { codec: text });
    const run = start(['listen', endpoint, '--codec', 'text', '--count', '1'], {
      shell: 'script -qec "RXZMQ" /dev/null',
    });
    await run.ended;
    expect(run.out).toContain('\\x1b[2Jgone\\x07');
    expect(run.out).not.toContain('\x1b[2J');
  });

  it('reads samples from a pipe', async () => {
    const input = new Uint8Array(Float32Array.from({ length: 64 }, () => 0.5).buffer);
    const run = await rxzmq(['listen', '-', '--format', 'cf32', '--rate', '48k'], { input });
    expect(run.out, run.err).toMatch(/^#0 +32 cf32 +48\.00 kS\/s/);
    expect(run.code).toBe(0);
  });

  it('waits for its reader instead of filling memory', async () => {
    const endpoint = await serve(
      fromIterable(
        (function* () {
          for (let n = 0; n < 20_000; n++) yield `line ${n} ${'x'.repeat(100)}`;
        })(),
      ),
      'push',
      { codec: text },
    );
    const run = start(['listen', endpoint, '--codec', 'text', '--count', '20000'], { shell: 'RXZMQ | tail -1' });
    expect((await run.ended).code).toBe(0);
    expect(run.out).toMatch(/^line 19999 /);
  });
});
