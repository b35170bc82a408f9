import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { from, of } from 'rxjs';
import { type Frame, frame } from 'rxzmq';
import { fromSigmf, type Items, packSigmf, readSigmf, toSigmf } from 'rxzmq/sigmf';
import { describe, expect, it } from 'vitest';
import { all, folder, numbered } from '../../sigmf/support.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const run = promisify(execFile);

/** Asks the Python package, which can loop for ever on odd files. */
async function python<T>(...args: string[]): Promise<T> {
  const program = here('./peers/sigmf_peer.py');
  const { stdout } = await run(here('../../../.venv/bin/python'), [program, ...args], { timeout: 60_000 });
  return JSON.parse(stdout) as T;
}

interface Judged {
  readonly datatype: string;
  readonly rate: number;
  readonly count: number;
  readonly first: readonly number[];
  readonly captures: readonly Record<string, unknown>[];
  readonly annotations: readonly Record<string, unknown>[];
}

const arrays = [
  Int8Array.from([1, -2, 3, -4, 5, -6, 7, -8]),
  Int16Array.from([1, -2, 3, -4, 5, -6, 7, -8]),
  Int32Array.from([1, -2, 3, -4, 5, -6, 7, -8]),
  Float32Array.from([1, -2, 3, -4, 5, -6, 7, -8]),
  Float64Array.from([1, -2, 3, -4, 5, -6, 7, -8]),
];

describe('what we write', () => {
  it('is valid, and read as it was given, in every sample type', { timeout: 120_000 }, async () => {
    const path = folder();
    const bases: string[] = [];
    for (const samples of arrays) {
      const base = path(samples.constructor.name);
      await all(of(frame(samples as never, { sampleRate: 48_000, centerFreq: 1e8 })).pipe(toSigmf(base)));
      await packSigmf(base);
      bases.push(base, `${base}.sigmf`);
    }
    const judged = await python<Judged[]>(
      'judge',
      ...bases.map((base) => (base.endsWith('.sigmf') ? base : `${base}.sigmf-meta`)),
    );
    expect(judged.map(({ count, rate }) => [count, rate])).toEqual(bases.map(() => [4, 48_000]));
    expect(judged.map(({ first }) => first)).toEqual(bases.map(() => [1, -2, 3, -4, 5, -6, 7, -8]));
    expect(judged.map(({ datatype }) => datatype)).toEqual(
      ['ci8', 'ci16_le', 'ci32_le', 'cf32_le', 'cf64_le'].flatMap((name) => [name, name]),
    );
  });

  it('is valid with captures, gaps, annotations, extensions and all fields', { timeout: 120_000 }, async () => {
    const path = folder();
    const frames = [
      numbered(0),
      numbered(1, { centerFreq: 2e8 }),
      numbered(7),
      { ...numbered(8), tags: [{ offset: 1, key: 'burst', value: true }] },
    ];
    await all(
      from(frames).pipe(
        toSigmf(path('rec'), {
          global: {
            'core:author': 'me',
            'core:description': 'a test',
            'core:hw': 'none',
            'core:license': 'https://creativecommons.org/publicdomain/zero/1.0/',
            'core:geolocation': { type: 'Point', coordinates: [13.4, 52.5, 40] },
            'core:extensions': [{ name: 'mine', version: '1.0.0', optional: true }],
            'mine:level': 3,
          },
          capture: () => ({ 'mine:gain': 20 }),
          annotate: () => [
            {
              'core:sample_start': 1,
              'core:sample_count': 2,
              'core:freq_lower_edge': 1,
              'core:freq_upper_edge': 2,
              'core:label': 'x',
            },
          ],
        }),
      ),
    );
    const [judged] = await python<Judged[]>('judge', path('rec.sigmf-meta'));
    expect(
      judged?.captures.map((c) => [
        c['core:sample_start'],
        c['core:global_index'],
        c['core:frequency'],
        c['mine:gain'],
      ]),
    ).toEqual([
      [0, 0, 1e8, 20],
      [100, 100, 2e8, 20],
      [200, 700, 1e8, 20],
    ]);
    expect(judged?.annotations.map((a) => a['core:label'])).toEqual(['x', 'x', 'gap', 'x', 'burst', 'x']);
    expect(judged?.count).toBe(400);
  });

  it('is a collection that loads, with the hashes of its recordings', { timeout: 120_000 }, async () => {
    const path = folder();
    await all(
      from([numbered(0), numbered(1, { sampleRate: 5 }), numbered(2, { sampleRate: 0.5 })]).pipe(toSigmf(path('rec'))),
    );
    expect(await python('collection', path('rec.sigmf-collection'))).toMatchObject({
      names: ['rec', 'rec-0002', 'rec-0003'],
    });
    const judged = await python<Judged[]>(
      'judge',
      ...['rec', 'rec-0002', 'rec-0003'].map((name) => path(`${name}.sigmf-meta`)),
    );
    expect(judged.map(({ rate }) => rate)).toEqual([1e6, 5, 0.5]);
  });
});

describe('what the Python package writes', () => {
  it('reads back, in every datatype, as files and as archives', { timeout: 120_000 }, async () => {
    const path = folder();
    const names = await python<string[]>('write', path());
    expect(names).toHaveLength(15);
    for (const name of names) {
      const isComplex = name.startsWith('c');
      for (const file of [name, `${name}-archive.sigmf`]) {
        const [recording] = await readSigmf(path(file), { verify: 'sha512' });
        expect(recording, file).toMatchObject({
          datatype: name,
          numSamples: 100,
          numLost: 1000,
          sampleRate: 48_000,
          problems: [],
        });
        expect(recording?.meta.annotations, file).toMatchObject([{ 'core:label': 'five' }]);
        const values = (await all(fromSigmf(path(file)))) as (Frame | Items)[];
        expect(
          values.map((value) => value.centerFreq),
          file,
        ).toEqual([1e8, 2e8]);
        const numbers = values.flatMap((value) => [...('items' in value ? value.items : value.samples)]);
        const raw = Array.from({ length: isComplex ? 200 : 100 }, (_, i) => i % 100);
        const scale = {
          cu8: (v: number) => v - 128,
          cu16_le: (v: number) => v / 2 ** 15 - 1,
          cu32_le: (v: number) => v / 2 ** 31 - 1,
        }[name];
        expect(numbers, file).toEqual(scale ? raw.map(scale) : raw);
      }
    }
  });
});
