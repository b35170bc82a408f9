import fc from 'fast-check';
import {
  bufferCount,
  concatMap,
  defer,
  filter,
  firstValueFrom,
  from,
  lastValueFrom,
  map,
  merge,
  mergeMap,
  type Observable,
  of,
  pairwise,
  retry,
  scan,
  share,
  startWith,
  Subject,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  tap,
  throwError,
  timer,
  toArray,
} from 'rxjs';
import { bounded, fromIterable, iterate, pacedMap, tee, untracked } from 'rxzmq';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Inbox, numbers, Stage as Consumer } from './stages.js';

/** Whether no turn is ever spent. */
const time = vi.hoisted(() => ({ stands: false }));
vi.mock('../../src/rx/defaultClock.js', async (actual) => {
  const { defaultClock } = await actual<typeof import('../../src/rx/defaultClock.js')>();
  return { defaultClock: { ...defaultClock, realMs: () => (time.stands ? 0 : defaultClock.realMs()) } };
});

/** An operator that keeps all values in order, and how many it holds at most beyond the one it is given. */
interface Stage {
  readonly name: string;
  readonly holds: number;
  readonly operator: () => (source: Observable<number>) => Observable<number>;
}

const stages: readonly Stage[] = [
  { name: 'map', holds: 0, operator: () => map((n) => n) },
  { name: 'filter', holds: 0, operator: () => filter(() => true) },
  { name: 'scan', holds: 0, operator: () => scan((_, n) => n) },
  { name: 'tap', holds: 0, operator: () => tap(() => undefined) },
  {
    name: 'pairwise',
    holds: 1,
    operator: () => (s) =>
      s.pipe(
        startWith(-1),
        pairwise(),
        map(([, n]) => n),
      ),
  },
  {
    name: 'bufferCount',
    holds: 3,
    operator: () => (s) =>
      s.pipe(
        bufferCount(3),
        mergeMap((list) => from(list)),
      ),
  },
  { name: 'concatMap of', holds: 0, operator: () => concatMap((n) => of(n)) },
  { name: 'defer', holds: 0, operator: () => (s) => defer(() => s) },
  { name: 'bounded', holds: 2, operator: () => bounded(2, 'error') },
  { name: 'tee', holds: 2, operator: () => tee(pacedMap(() => Promise.resolve())) },
  { name: 'pacedMap sync', holds: 1, operator: () => pacedMap((n) => of(n)) },
  { name: 'pacedMap async', holds: 3, operator: () => pacedMap((n) => Promise.resolve(n), { concurrency: 3 }) },
  { name: 'pacedMap turns', holds: 2, operator: () => pacedMap((n) => turns(n % 3, n), { concurrency: 2 }) },
];

const chains = fc.array(fc.constantFrom(...stages), { maxLength: 6 });

/** Settles some turns of the event loop later. */
async function turns<T>(count: number, value: T): Promise<T> {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
  return value;
}

/** A source that counts what is asked of it. */
function counting(end: number): { source: Observable<number>; made: () => number } {
  let made = 0;
  function* numbers(): Generator<number> {
    while (made < end) yield made++;
  }
  return { source: fromIterable({ [Symbol.iterator]: numbers }), made: () => made };
}

const through = (source: Observable<number>, chain: readonly Stage[]): Observable<number> =>
  chain.reduce((piped, { operator }) => piped.pipe(operator()), source);

const holdsOf = (chain: readonly Stage[]): number => chain.reduce((sum, { holds }) => sum + holds, 0);

const runs = { numRuns: 60, interruptAfterTimeLimit: 15_000 };

describe('any pipeline of operators that pass demand on', () => {
  it('never holds more than they say, and gives everything once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        chains,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 3 }),
        async (chain, concurrency, pause) => {
          const { source, made } = counting(40);
          const bound = concurrency + holdsOf(chain);
          let taken = 0;
          let most = 0;
          const paced = through(source, chain).pipe(
            pacedMap(
              async (n) => {
                most = Math.max(most, made() - taken);
                await turns(pause, n);
                most = Math.max(most, made() - taken);
                taken += 1;
                return n;
              },
              { concurrency },
            ),
            toArray(),
          );
          expect(await lastValueFrom(paced)).toEqual(Array.from({ length: 40 }, (_, i) => i));
          expect(most).toBeLessThanOrEqual(bound);
        },
      ),
      runs,
    );
  });

  it('does the same for a loop', async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.integer({ min: 0, max: 2 }), async (chain, pause) => {
        const { source, made } = counting(30);
        let n = 0;
        for await (const value of iterate(through(source, chain))) {
          expect(value).toBe(n);
          await turns(pause, 0);
          expect(made() - n).toBeLessThanOrEqual(1 + holdsOf(chain) + 1);
          n += 1;
        }
        expect(n).toBe(30);
      }),
      runs,
    );
  });

  it('stops asking when its consumer leaves, wherever that is', async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.integer({ min: 1, max: 20 }), async (chain, count) => {
        const { source, made } = counting(1000);
        const some = through(source, chain).pipe(
          pacedMap((n) => turns(1, n)),
          take(count),
          toArray(),
        );
        expect(await lastValueFrom(some)).toEqual(Array.from({ length: count }, (_, i) => i));
        const then = made();
        expect(then).toBeLessThanOrEqual(count + 2 + holdsOf(chain));
        await turns(3, 0);
        expect(made()).toBe(then);
      }),
      runs,
    );
  });

  it('is held back again after an error and a retry from a timer', async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.integer({ min: 0, max: 10 }), async (chain, after) => {
        const { source, made } = counting(60);
        let failed = false;
        const failing = through(source, chain).pipe(
          concatMap((n) => {
            if (failed || n < after) return of(n);
            failed = true;
            return throwError(() => new Error('once'));
          }),
          retry({ delay: () => timer(0) }),
        );
        let taken = 0;
        let most = 0;
        const paced = failing.pipe(
          pacedMap(async (n) => {
            const lost = failed ? 1 + holdsOf(chain) : 0; // what was on its way when it failed
            most = Math.max(most, made() - taken - lost);
            await turns(1, n);
            taken += 1;
            return n;
          }),
          takeWhile((n) => n < 59, true),
          toArray(),
        );
        const got = await lastValueFrom(paced);
        expect(got).toEqual([...new Set(got)].sort((a, b) => a - b));
        expect(most).toBeLessThanOrEqual(1 + holdsOf(chain) + 1);
      }),
      runs,
    );
  });

  it('reads two sources about equally', async () => {
    time.stands = true; // the reader that is cut off by the end of a turn waits behind the other
    onTestFinished(() => void (time.stands = false));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), async (concurrency) => {
        const [a, b] = [counting(200), counting(200)];
        const merged = merge(a.source, b.source).pipe(
          pacedMap((n) => turns(1, n), { concurrency }),
          take(100),
        );
        await lastValueFrom(merged);
        expect(Math.abs(a.made() - b.made())).toBeLessThanOrEqual(concurrency + 1);
      }),
      { numRuns: 8 },
    );
  });

  it('is free once the one that held it back has left', async () => {
    const { source, made } = counting(10);
    const stuck = source.pipe(pacedMap(() => new Promise<never>(() => undefined))).subscribe();
    while (made() === 0) await turns(1, 0); // the turn may have been spent
    expect(made()).toBe(1);
    stuck.unsubscribe();
    expect(await firstValueFrom(source.pipe(toArray()))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

/** Who subscribes to a source when its consumer has long been there. */
const late: Readonly<Record<string, (source: Observable<number>, go: Observable<void>) => Observable<number>>> = {
  'a Subject': (source, go) => go.pipe(switchMap(() => source)),
  'a timer': (source) => timer(0).pipe(mergeMap(() => source)),
  'a Promise': (source, go) =>
    go.pipe(
      switchMap(() => Promise.resolve()),
      mergeMap(() => source),
    ),
  'a retry': (source, go) => {
    let tries = 0;
    return defer(() => (tries++ === 0 ? throwError(() => new Error('once')) : source)).pipe(retry({ delay: () => go }));
  },
};

describe('any pipeline whose source is subscribed later', () => {
  it('is held as if it had been there before, whoever subscribes', async () => {
    await fc.assert(
      fc.asyncProperty(
        chains,
        chains,
        fc.constantFrom(...Object.entries(late)),
        fc.integer({ min: 1, max: 4 }),
        async (above, below, [, subscribes], concurrency) => {
          const { source, made } = counting(40);
          const go = new Subject<void>();
          let [taken, most] = [0, 0];
          const paced = through(subscribes(through(source, above), go), below).pipe(
            pacedMap(
              async (n) => {
                most = Math.max(most, made() - taken);
                await turns(1, n);
                taken += 1;
                return n;
              },
              { concurrency, maxBuffered: 0 },
            ),
            take(40),
            toArray(),
          );
          const all = lastValueFrom(paced);
          go.next();
          go.complete();
          expect(await all).toEqual(numbers(40));
          expect(most).toBeLessThanOrEqual(concurrency + holdsOf([...above, ...below]));
        },
      ),
      runs,
    );
  });
});

/** Stages that give each value in the call in which they get it. */
const atOnce = fc.array(
  fc.constantFrom(
    ...stages.filter(({ name }) =>
      ['map', 'filter', 'scan', 'tap', 'concatMap of', 'defer', 'pacedMap sync'].includes(name),
    ),
    { name: 'tee map', holds: 0, operator: () => tee<number>(map((n) => n)) },
    { name: 'share', holds: 0, operator: () => share<number>() },
  ),
  { maxLength: 6 },
);

describe('any pipeline of stages that give at once', () => {
  it('tells values that were asked for from those that were not', () => {
    fc.assert(
      fc.property(atOnce, fc.array(fc.boolean(), { maxLength: 20 }), (chain, asked) => {
        const [inbox, strange, stage] = [new Inbox<number>(), new Subject<number>(), new Consumer(asked.length)];
        const subscription = through(merge(inbox.values, strange), chain).pipe(stage.take()).subscribe();
        asked.forEach((isAsked, n) => (isAsked ? inbox.push(n) : strange.next(n)));
        expect(stage.taken).toEqual(numbers(asked.length));
        expect(stage.ungoverned).toEqual(numbers(asked.length).filter((n) => asked[n] === false));
        subscription.unsubscribe();
      }),
      runs,
    );
  });

  it('runs free above untracked, wherever that stands', () => {
    fc.assert(
      fc.property(atOnce, atOnce, fc.integer({ min: 0, max: 3 }), (above, below, room) => {
        const [inbox, stage] = [new Inbox(...numbers(20)), new Consumer(room)];
        const plain = below.filter(({ name }) => !name.startsWith('pacedMap') && !name.startsWith('tee')); // these keep them
        const subscription = through(through(inbox.values, above).pipe(untracked()), plain)
          .pipe(stage.take())
          .subscribe();
        expect(inbox.read).toEqual(numbers(20));
        expect(stage.ungoverned).toEqual(numbers(20));
        subscription.unsubscribe();
      }),
      runs,
    );
  });

  it('hears one signal in each stall, and a stop ends it with nothing more read', () => {
    fc.assert(
      fc.property(atOnce, atOnce, fc.integer({ min: 1, max: 4 }), (chain, beside, count) => {
        const above = chain.filter(({ name }) => name !== 'defer'); // behind some operators it hides that it gives data
        const [data, signal, stage] = [new Inbox(...numbers(20)), new Inbox<number>(), new Consumer(0)];
        const stop = through(signal.values, beside).pipe(filter((n) => n === count));
        // eslint-disable-next-line rxjs-x/no-unsafe-takeuntil -- a stop above a consumer is what this is about
        const subscription = through(data.values, above).pipe(takeUntil(stop), stage.take()).subscribe();
        for (let stall = 0; stall <= count; stall += 1) {
          expect([subscription.closed, data.read.length]).toEqual([false, stall]);
          signal.push(stall);
          expect(signal.read).toEqual(numbers(stall + 1));
          stage.give(1); // the data takes it
        }
        expect([subscription.closed, data.read.length]).toEqual([true, count]);
        subscription.unsubscribe();
      }),
      runs,
    );
  });
});
