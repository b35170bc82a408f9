import fc from 'fast-check';
import { asyncScheduler, EMPTY, from, map, Subject, take, type OperatorFunction } from 'rxjs';
import { type Frame, type FrameStats, frame, OptionError, pacedMap, stats } from 'rxzmq';
import { describe, expect, it, vi } from 'vitest';
import { Histogram } from '../../src/operators/flows/Histogram.js';
import { Inbox, Stage } from '../demand/stages.js';
import { marbles } from '../helpers/marbles.js';
import { counted } from '../helpers/signals.js';

/** UNIX time in virtual ms, and by how much the next timers are late. */
const wall = vi.hoisted(() => ({ ms: (): number => 0, lateMs: [] as number[] }));

vi.mock('../../src/rx/defaultClock.js', () => ({
  defaultClock: {
    now: () => asyncScheduler.now(),
    wallNs: () => BigInt(Math.round(wall.ms() * 1e6)),
    after(ms: number, callback: () => void) {
      const action = asyncScheduler.schedule(callback, ms + (wall.lateMs.shift() ?? 0));
      return () => action.unsubscribe();
    },
  },
}));
wall.ms = () => asyncScheduler.now();

/** Four samples of a stream, taken at such a time. */
const at = (ms: number, sequence: number, streamId = 0): Frame =>
  counted([1, 2, 3, 4], { timestampNs: BigInt(Math.round(ms * 1e6)), sequence, streamId });

const counts: OperatorFunction<FrameStats, number[]> = map(({ intervalMs, frames }) => [intervalMs, frames]);
const letters = { a: at(0, 0), b: at(0, 1), c: at(0, 2), d: at(0, 3) };

describe('as an operator', () => {
  const everyFive = stats({ everyMs: 5 }); // one value, used throughout

  it.each<[string, string, string, string, Record<string, number[]>]>([
    ['never', '------------', '-----x----x!', '^----------!', { x: [5, 0] }],
    ['empty', '---|        ', '---|        ', '^--!        ', {}],
    ['one', '  -a-|        ', '---(x|)     ', '^--!        ', { x: [3, 1] }],
    ['error', '-ab----#    ', '-----x-#    ', '^------!    ', { x: [5, 2] }],
  ])('%s', (name, source, output, held, values) =>
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const input = cold(source.trim(), letters);
      const end = name === 'never' ? '-----------!' : undefined;
      expectObservable(input.pipe(everyFive, counts), end).toBe(output.trim().replace('!', ''), values);
      expectSubscriptions(input.subscriptions).toBe(held.trim());
    })(),
  );

  it(
    'many, and two subscriptions that do not meet',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const values = { x: [5, 2], y: [5, 1], z: [2, 1] };
      for (const input of [cold('-ab---c----d|', letters), cold('-ab---c----d|', letters)]) {
        expectObservable(input.pipe(everyFive, counts)).toBe('-----x----y-(z|)', values);
        expectSubscriptions(input.subscriptions).toBe('^-----------!');
      }
    }),
  );

  it(
    'leaves its source and its timer when it is left early',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const input = cold('-ab---------', letters);
      expectObservable(input.pipe(everyFive, counts, take(1))).toBe('-----(x|)', { x: [5, 2] });
      expectSubscriptions(input.subscriptions).toBe('^----!');
    }),
  );

  it('leaves no timer behind a synchronous source', () => {
    const told: string[] = [];
    EMPTY.pipe(stats({ everyMs: 60_000 })).subscribe({ complete: () => told.push('complete') });
    from([at(0, 0)])
      .pipe(stats({ everyMs: 60_000 }), take(1))
      .subscribe(({ frames }) => told.push(`${frames}`));
    expect(told).toEqual(['complete', '1']); // the process of this file would not end
  });
});

/** What is told of frames that come in one virtual interval of 100 ms, each at its own time. */
function statsOf(frames: readonly { atMs: number; given: Frame }[]): FrameStats {
  const told: FrameStats[] = [];
  marbles(({ flush }) => {
    const source = new Subject<Frame>();
    source.pipe(stats({ everyMs: 100 }), take(1)).subscribe((value) => told.push(value));
    for (const { atMs, given } of frames) asyncScheduler.schedule(() => source.next(given), atMs);
    flush();
  })();
  return told[0]!;
}

it('tells of rate, throughput, loss, latency and jitter', () => {
  const told = statsOf([
    { atMs: 10, given: at(8, 0) },
    { atMs: 20, given: at(18, 1) },
    { atMs: 50, given: at(40, 4) },
    { atMs: 60, given: at(58, 3) },
    { atMs: 61, given: at(58, 3) },
  ]);
  expect(told).toMatchObject({
    intervalMs: 100,
    frames: 5,
    samples: 20,
    bytes: 80,
    framesPerSecond: 50,
    samplesPerSecond: 200,
    bytesPerSecond: 800,
    missing: 1, // 2 and 3, and 3 came late
    repeated: 1,
    reordered: 1,
    loss: 1 / 5,
  });
  expect(told.jitterMs).toBeCloseTo((0 + 8 + 8 + 1) / 4, 10);
  expect(told.latencyMs).toMatchObject({ min: 2, max: 10 });
  expect(told.latencyMs!.mean).toBeCloseTo(19 / 5, 10);
});

it('tells nothing of latency where nothing came, and a loss of 0', () => {
  expect(statsOf([])).toMatchObject({ frames: 0, loss: 0, latencyMs: undefined, jitterMs: 0, samplesPerSecond: 0 });
});

it('begins each interval with nothing of the one before', () => {
  marbles(({ flush }) => {
    const told: FrameStats[] = [];
    const source = new Subject<Frame>();
    source.pipe(stats({ everyMs: 100 }), take(2)).subscribe((value) => told.push(value));
    asyncScheduler.schedule(() => source.next(at(0, 0)), 50);
    asyncScheduler.schedule(() => source.next(at(10, 4)), 60);
    asyncScheduler.schedule(() => source.next(at(10, 4)), 70);
    asyncScheduler.schedule(() => source.next(at(149, 5)), 150);
    flush();
    expect(told[0]).toMatchObject({ frames: 3, missing: 3, repeated: 1, latencyMs: { min: 50, max: 60 } });
    expect(told[1]).toMatchObject({ frames: 1, samples: 4, bytes: 16, missing: 0, repeated: 0, loss: 0 });
    expect(told[1]!.latencyMs).toEqual({ min: 1, mean: 1, p50: 1, p90: 1, p99: 1, max: 1 });
    expect(told[1]!.jitterMs).toBe(59); // from the last one of the interval before
  })();
});

it('follows each stream for itself', () => {
  const told = statsOf([0, 1, 2, 3].map((n) => ({ atMs: 10 + n, given: at(n % 2 === 0 ? 0 : n, n >> 1, n % 2) })));
  expect(told.missing).toBe(0);
  expect(told.jitterMs).toBeCloseTo(1, 10); // 10, 12 in one; 10, 10 in the other
});

it('is not moved by clocks that differ: latency may be negative', () => {
  const told = statsOf([
    { atMs: 10, given: at(1000, 0) },
    { atMs: 11, given: at(1001, 1) },
  ]);
  expect(told.latencyMs).toMatchObject({ min: -990, p50: -990, max: -990 });
  expect(told.jitterMs).toBe(0);
});

describe('percentiles', () => {
  const durations = fc.oneof(
    fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    fc.double({ min: -1000, max: 1000, noNaN: true }).filter((ms) => Math.abs(ms) > 1e-6),
  );

  it('are within 1% of those of a sorted list', () => {
    fc.assert(
      fc.property(fc.array(durations, { minLength: 1, maxLength: 200 }), (all) => {
        const spread = new Histogram();
        for (const ms of all) spread.add(ms);
        const sorted = [...all].sort((a, b) => a - b);
        for (const percent of [50, 90, 99, 100]) {
          const exact = sorted[Math.ceil((percent / 100) * sorted.length) - 1]!;
          expect(Math.abs(spread.percentile(percent) - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.0101);
        }
        expect([spread.least, spread.most, spread.count]).toEqual([sorted[0], sorted.at(-1), sorted.length]);
      }),
    );
  });

  it('bear anything', () => {
    const spread = new Histogram();
    for (const ms of [0, 1e-9, Number.MAX_VALUE, -Number.MAX_VALUE, 1e13]) spread.add(ms);
    expect(spread.percentile(50)).toBe(0);
    spread.clear();
    expect(spread.count).toBe(0);
    spread.add(3);
    expect([spread.percentile(1), spread.percentile(99)]).toEqual([3, 3]);
  });
});

it('goes by what has passed where a timer is late, and the next one makes up for it', () => {
  marbles(({ flush }) => {
    const told: number[][] = [];
    wall.lateMs.push(4, 0, 0);
    const source = new Subject<Frame>();
    source
      .pipe(stats({ everyMs: 10 }), counts, take(4))
      .subscribe((value) => told.push([asyncScheduler.now(), ...value]));
    flush();
    expect(told).toEqual([
      [14, 14, 0],
      [20, 6, 0],
      [30, 10, 0],
      [40, 10, 0],
    ]);
  })();
});

it('lets demand cross, as a filter does', () => {
  const inbox = new Inbox(...Array.from({ length: 20 }, (_, i) => at(0, i)));
  const subscription = inbox.values.pipe(stats(), new Stage(0).take()).subscribe();
  expect(inbox.read).toHaveLength(0);
  subscription.unsubscribe();
  const other = new Inbox(...Array.from({ length: 20 }, (_, i) => at(0, i))).end();
  const told: number[] = [];
  other.values
    .pipe(
      stats(),
      pacedMap(({ frames }) => [frames]),
    )
    .subscribe((frames) => told.push(frames));
  expect(told).toEqual([20]);
  expect(inbox.open).toBe(0);
});

it('gives an error for what is no frame', () => {
  const errors: unknown[] = [];
  from([frame(new Int8Array(2)), {} as Frame])
    .pipe(stats())
    .subscribe({ error: (error: unknown) => errors.push(error) });
  expect(errors).toMatchObject([{ code: 'ERR_FRAME' }]);
});

it('refuses wrong options at the call', () => {
  expect(() => stats({ everyMs: 0 })).toThrow(OptionError);
  expect(() => stats({ everyMs: Infinity })).toThrow(/everyMs/);
  expect(() => stats({ everySeconds: 1 } as never)).toThrow(/unknown option/);
});
