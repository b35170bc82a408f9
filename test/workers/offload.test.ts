import { EMPTY, lastValueFrom, map, NEVER, of, range, Subject, take, tap, throwError, toArray } from 'rxjs';
import { bounded, frame, fromIterable, OptionError, OverflowError, pacedMap } from 'rxzmq';
import { virtualTime } from 'rxzmq/testing';
import { offload } from 'rxzmq/workers';
import { describe, expect, it } from 'vitest';
import { collect } from '../helpers/collect.js';
import { Gates } from './Gates.js';
import { builtStages } from './stages.js';
import type { Act } from './stages/act.js';

const built = builtStages();
const failure = new Error('failure');
type Module = typeof import('./stages/act.js');
type Scale = typeof import('./stages/scale.js');

const act = (options: Parameters<typeof offload<Module>>[1] = {}) => offload<Module>(built('act'), options);

/** Long enough for a worker to have been asked for more. */
const meanwhile = () =>
  lastValueFrom(
    range(0, 20).pipe(
      map((value): Act => ({ do: 'give', value })),
      act(),
    ),
  );

/** A source that counts what is read of it. */
function counted(acts: Iterable<Act>): { read: number; source: ReturnType<typeof fromIterable<Act>> } {
  const count = { read: 0, source: EMPTY as ReturnType<typeof fromIterable<Act>> };
  function* reading(): Generator<Act> {
    for (const one of acts) {
      count.read += 1;
      yield one;
    }
  }
  count.source = fromIterable(reading());
  return count;
}

describe('as an operator', () => {
  it('completes with an empty source, and gives one result for each value', async () => {
    expect(await lastValueFrom(EMPTY.pipe(act(), toArray()))).toEqual([]);
    expect(await lastValueFrom(of<Act>({ do: 'give', value: 1 }).pipe(act(), toArray()))).toEqual([1]);
  });

  it('passes an error of its source', async () => {
    await expect(lastValueFrom(throwError(() => failure).pipe(act()))).rejects.toBe(failure);
  });

  it('ends with take, over a synchronous source, and can be used twice', async () => {
    const operator = act();
    const source = range(0, 100).pipe(map((value): Act => ({ do: 'give', value })));
    expect(await lastValueFrom(source.pipe(operator, take(3), toArray()))).toEqual([0, 1, 2]);
    const [first, second] = await Promise.all(
      [source, source].map((one) => lastValueFrom(one.pipe(operator, toArray()))),
    );
    expect(first).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(second).toEqual(first);
  });

  it('gives each subscription workers of its own: a stage keeps what it likes', async () => {
    const source = of<Act[]>({ do: 'count' }, { do: 'count' });
    const operator = act({ settings: { gain: 2n } });
    const counts = [
      [1, { gain: 2n }],
      [2, { gain: 2n }],
    ];
    expect(await lastValueFrom(source.pipe(operator, toArray()))).toEqual(counts);
    expect(await lastValueFrom(source.pipe(operator, toArray()))).toEqual(counts);
  });

  it('says at the call what is wrong with its options', () => {
    const url = new URL('file:///stage.js');
    expect(() => offload('./stage.js')).toThrow(OptionError);
    expect(() => offload('./stage.js')).toThrow(
      "offload: module must be a URL, such as new URL('./stage.js', import.meta.url), got './stage.js'",
    );
    expect(() => offload('C:\\stage.js')).toThrow(OptionError);
    expect(() => offload(undefined as never)).toThrow(OptionError);
    for (const wrong of [
      { workers: 0 },
      { workers: 1.5 },
      { ordered: 1 },
      { transfer: 'yes' },
      { onLost: 1 },
      { signal: {} },
      { maxBuffered: -1 },
      { resourceLimits: 1 },
      { resourceLimits: [] },
      { resourceLimits: { maxOldGenerationSizeMb: '256' } },
      { resourceLimits: { stackSizeMb: -1 } },
      { execArgv: 'tsx' },
      { wrokers: 2 },
    ]) {
      expect(() => offload(url, wrong as never), JSON.stringify(wrong)).toThrow(OptionError);
    }
    expect(() => offload(url, { wrokers: 2 } as never)).toThrow("did you mean 'workers'?");
    expect(() => offload(url, { resourceLimits: { maxOldGenerationSizeMB: 256 } } as never)).toThrow(
      "offload: unknown option 'resourceLimits.maxOldGenerationSizeMB'; did you mean 'maxOldGenerationSizeMb'?",
    );
    expect(() => offload(url, { resourceLimits: { stackSizeMb: undefined } })).not.toThrow();
  });

  it('is refused in virtual time by name', () => {
    expect(() => virtualTime(({ run }) => run(of<Act>({ do: 'nothing' }).pipe(act())))).toThrow(/offload/);
  });
});

describe('values', () => {
  it('come and go as structured clones, frames above all', async () => {
    const samples = Float32Array.from({ length: 2048 }, (_, i) => i);
    const sent = frame(samples, { timestampNs: 2n ** 63n, sampleRate: 1e6, streamId: 7 });
    const [received] = await lastValueFrom(of(sent).pipe(offload<Scale>(built('scale'), { settings: 2 }), toArray()));
    expect(received).toEqual({ ...sent, samples: samples.map((x) => x * 2) });
    expect(samples[5]).toBe(5);
  });

  it('of any kind that can be cloned', async () => {
    const values = [
      undefined,
      null,
      1n,
      'text',
      [1, , 3],
      { a: { b: [new Date(5)] } },
      new Map([[{ key: 1 }, new Set([1])]]),
      new Uint8Array([1, 2, 3]),
      new Float64Array(1000).fill(0.5),
      new DataView(new ArrayBuffer(8), 2, 4),
      new ArrayBuffer(5000),
      new BigInt64Array([-1n]),
      /x/g,
      JSON.parse('{ "__proto__": { "a": 1 } }'),
      new RangeError('an error as a value'),
    ];
    const acts = values.map((value): Act => ({ do: 'give', value }));
    expect(await lastValueFrom(of(...acts).pipe(act(), toArray()))).toEqual(values);
  });

  it('keep what they have in common, and circles', async () => {
    const shared = new Float32Array(2000);
    const value: Record<string, unknown> = { shared, again: shared, list: [shared] };
    value['self'] = value;
    const back = (await lastValueFrom(of<Act>({ do: 'give', value }).pipe(act()))) as typeof value;
    expect(back['again']).toBe(back['shared']);
    expect((back['list'] as unknown[])[0]).toBe(back['shared']);
    expect(back['self']).toBe(back);
  });

  it('are copied without what else lies in their memory', async () => {
    const page = new Uint8Array(65_536).fill(9);
    const value = { small: page.subarray(16, 48), large: page.subarray(4096, 12_288), buffer: Buffer.from('text') };
    const back = (await lastValueFrom(of<Act>({ do: 'give', value }).pipe(act()))) as typeof value;
    expect(back.small).toEqual(page.subarray(16, 48));
    expect([back.small, back.large].map((part) => part.buffer.byteLength)).toEqual([32, 8192]);
    expect(new TextDecoder().decode(back.buffer)).toBe('text');
    expect(page.length).toBe(65_536);
  });

  it('are moved with `transfer`, if they own their memory: the sender’s are empty', async () => {
    const page = new Float32Array(4096).fill(1);
    const value = { own: new Float32Array(4096).fill(2), part: page.subarray(0, 2048), list: [new Uint8Array(10)] };
    const { own, part, list } = value;
    const back = (await lastValueFrom(of<Act>({ do: 'give', value }).pipe(act({ transfer: true })))) as typeof value;
    expect([own.length, part.length, list[0]!.length]).toEqual([0, 2048, 0]);
    expect([back.own.length, back.part.length, back.list[0]!.length]).toEqual([4096, 2048, 10]);
    expect(back.own[4095]).toBe(2);
    expect(back.part[2047]).toBe(1);
  });

  it('are left as they are without `transfer`, in every size', async () => {
    const arrays = [1, 1000, 1024, 100_000].map((length) => new Float32Array(length).fill(3));
    const acts = arrays.map((value): Act => ({ do: 'give', value }));
    const back = await lastValueFrom(of(...acts).pipe(act(), toArray()));
    expect(back).toEqual(arrays);
    expect(arrays.map(({ length }) => length)).toEqual([1, 1000, 1024, 100_000]);
  });

  it('that cannot be moved are copied: memory that is marked so, or is WebAssembly’s', async () => {
    const { markAsUntransferable } = await import('node:worker_threads');
    const marked = new Float32Array(4096).fill(4);
    markAsUntransferable(marked.buffer);
    const wasm = new Uint8Array(new (globalThis as any).WebAssembly.Memory({ initial: 1 }).buffer).fill(6);
    const acts = [marked, wasm].map((value): Act => ({ do: 'give', value }));
    expect(await lastValueFrom(of(...acts).pipe(act({ transfer: true }), toArray()))).toEqual([marked, wasm]);
    expect([marked.length, wasm.length]).toEqual([4096, 65_536]);
    expect(await lastValueFrom(of<Act>({ do: 'wasm' }).pipe(act()))).toEqual(new Uint8Array(65_536).fill(7));
  });

  it('10,000 frames, one by one, on two workers', { timeout: 240_000 }, async () => {
    function* frames() {
      for (let i = 0; i < 10_000; i += 1) {
        const samples = Float32Array.from({ length: 2 + 2 * (i % 700) }, (_, j) => i + j);
        yield frame(samples, { timestampNs: BigInt(i), streamId: i % 5 });
      }
    }
    let next = 0;
    await lastValueFrom(
      fromIterable(frames()).pipe(
        offload<Scale>(built('scale'), { workers: 2, settings: 2 }),
        tap(({ samples, timestampNs, streamId }) => {
          const right =
            timestampNs === BigInt(next) &&
            streamId === next % 5 &&
            samples.length === 2 + 2 * (next % 700) &&
            samples.every((x, j) => x === (next + j) * 2);
          if (!right) throw new Error(`frame ${next} is not what it was`);
          next += 1;
        }),
      ),
    );
    expect(next).toBe(10_000);
  });
});

describe('results', () => {
  const all = (...acts: Act[]) => lastValueFrom(of(...acts).pipe(act(), toArray()));

  it('of a Promise, an Observable, a generator and an async generator', async () => {
    expect(await all({ do: 'later', value: 5 })).toEqual([5]);
    expect(await all({ do: 'thenable', value: 5 }, { do: 'give', value: 6 })).toEqual([5, 6]);
    for (const how of ['observable', 'generator', 'asyncGenerator'] as const) {
      expect(await all({ do: how, count: 5 }, { do: how, count: 0 }, { do: how, count: 2 }), how).toEqual([
        ...[0, 1, 2, 3, 4],
        ...[0, 1],
      ]);
    }
  });

  it('may be undefined', async () => {
    expect(await all({ do: 'nothing' }, { do: 'nothing' })).toEqual([undefined, undefined]);
  });

  it('keep their order, or come as they are ready', { timeout: 240_000 }, async () => {
    for (const ordered of [true, false]) {
      const gates = new Gates(3);
      const got = collect(of(gates.act(1), gates.act(2), gates.act(3)).pipe(act({ workers: 3, ordered })));
      await gates.whenBegun(3);
      gates.open(3);
      if (!ordered) expect(await got.first(1)).toEqual([3]);
      gates.open(2);
      if (!ordered) expect(await got.first(2)).toEqual([3, 2]);
      gates.open(1);
      await got.completed;
      expect(got.values).toEqual(ordered ? [1, 2, 3] : [3, 2, 1]);
    }
  });

  it('are moved: what a stage has returned is gone there', async () => {
    const got = collect(of<Act[]>({ do: 'kept' }, { do: 'kept' }).pipe(act()));
    expect(await got.error).toMatchObject({
      code: 'ERR_CLONE',
      message: 'offload: the result.samples cannot be copied from act.mjs: its memory has been moved elsewhere before',
    });
    expect(got.values).toEqual([{ samples: new Float32Array(2000) }]);
  });
});

describe('demand', () => {
  it.each([1, 2])('is kept: with %i workers the source is read one further than they are at work', async (workers) => {
    const gates = new Gates(6);
    const source = counted([1, 2, 3, 4, 5, 6].map((at) => gates.act(at)));
    const got = collect(source.source.pipe(act({ workers })));
    await gates.whenBegun(workers);
    expect(source.read).toBe(workers + 1);
    gates.open(1);
    await gates.whenBegun(workers + 1);
    await got.first(1);
    expect(source.read).toBe(workers + 2);
    gates.open(2, 3, 4, 5, 6);
    await got.completed;
    expect(got.values).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('of the consumer below is kept as well', async () => {
    const source = counted(Array.from({ length: 20 }, (_, value): Act => ({ do: 'give', value })));
    const busy = new Subject<void>();
    const started: unknown[] = [];
    const consumer = pacedMap((value: unknown) => {
      started.push(value);
      return busy.pipe(take(1));
    });
    const got = collect(source.source.pipe(act(), consumer));
    await expect.poll(() => started.length).toBe(1);
    // one is being consumed; what was asked for before it came waits there
    await meanwhile();
    expect(source.read).toBeLessThanOrEqual(3);
    const interval = setInterval(() => busy.next(), 1);
    await got.completed.finally(() => clearInterval(interval));
    expect(started).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  it('holds a generator back: it is asked for what there is room for, and two more', async () => {
    const counter = new Int32Array(new SharedArrayBuffer(4));
    const busy = new Subject<void>();
    const got = collect(
      of<Act>({ do: 'generator', count: 1000, counter }).pipe(
        act(),
        pacedMap(() => busy.pipe(take(1))),
      ),
    );
    await expect.poll(() => Atomics.load(counter, 0)).toBeGreaterThan(1);
    await meanwhile();
    expect(Atomics.load(counter, 0)).toBeLessThanOrEqual(4);
    got.unsubscribe();
  });

  it('does not reach an Observable of the stage: too many of its values are an OverflowError', async () => {
    const got = collect(
      of<Act>({ do: 'observable', count: 100 }).pipe(
        act({ maxBuffered: 10 }),
        pacedMap(() => NEVER),
      ),
    );
    const error = await got.error;
    expect(error).toBeInstanceOf(OverflowError);
    expect((error as OverflowError).consumer).toBe('offload');
  });

  it('does not reach some sources: what is too much is an OverflowError that names offload', async () => {
    const gates = new Gates(1);
    const source = new Subject<Act>();
    const got = collect(source.pipe(act({ maxBuffered: 2 })));
    for (let i = 0; i < 5; i += 1) source.next(gates.act(1));
    expect(await got.error).toMatchObject({ code: 'ERR_OVERFLOW', consumer: 'offload' });
    const kept = collect(
      range(0, 100).pipe(
        map((value): Act => ({ do: 'give', value })),
        bounded(3, 'drop-newest'),
        act(),
      ),
    );
    await kept.completed;
    expect(kept.values.slice(0, 2)).toEqual([0, 1]);
  });
});
