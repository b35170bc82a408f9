import {
  concat,
  defer,
  EMPTY,
  firstValueFrom,
  from,
  map,
  merge,
  mergeMap,
  NEVER,
  type Observable,
  of,
  range,
  Subject,
  take,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { demand, fromIterable, OptionError, OverflowError, pacedMap } from 'rxzmq';
import { describe, expect, it, vi } from 'vitest';
import { heard, Inbox, numbers, settled, Stage } from '../demand/stages.js';
import { marbles } from '../helpers/marbles.js';

vi.mock('../../src/rx/defaultClock.js', async () => ({
  defaultClock: (await import('../demand/stages.js')).standing, // a slow machine must not end a turn
}));

const failure = new Error('failure');

/** Inner streams that a test feeds and ends by hand. */
class Work {
  readonly started: unknown[] = [];
  stopped = 0;
  readonly #running = new Map<unknown, Subject<unknown>>();

  readonly project = (value: unknown): Observable<unknown> =>
    defer(() => {
      const inner = new Subject<unknown>();
      this.started.push(value);
      this.#running.set(value, inner);
      return inner.pipe(tap({ unsubscribe: () => (this.stopped += 1) }));
    });

  give(value: unknown, ...results: unknown[]): void {
    for (const result of results) this.#running.get(value)!.next(result);
  }

  end(value: unknown, ...results: unknown[]): void {
    this.give(value, ...results);
    this.#running.get(value)!.complete();
  }
}

describe('as an operator', () => {
  const shout = pacedMap((letter: string) => of(letter.toUpperCase())); // one value, used throughout

  it.each([
    ['never', '  ---   ', '---   ', '^--!'],
    ['empty', '  --|   ', '--|   ', '^-! '],
    ['one', '    -a-|  ', '-A-|  ', '^--!'],
    ['many', '   -ab(cd)-|', '-AB(CD)-|', '^-------!'],
    ['an error', '-a-#  ', '-A-#  ', '^--!'],
  ])('%s', (name, source, expected, held) =>
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const input = cold(source.trim());
      expectObservable(input.pipe(shout), name === 'never' ? '---!' : undefined).toBe(expected.trim());
      expectSubscriptions(input.subscriptions).toBe(held.trim());
    })(),
  );

  it(
    'leaves its source and its inner streams when it is left early',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const input = cold(' -a-b--|');
      const inner = cold('  1---2---3|');
      const left = '       ----!';
      expectObservable(input.pipe(pacedMap(() => inner, { concurrency: 2 })), left).toBe('-1---');
      expectSubscriptions(input.subscriptions).toBe('^---!');
      expectSubscriptions(inner.subscriptions).toBe(['-^--!', '---^!']);
    }),
  );

  it(
    'gives an error of the source at once, and stops what runs',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const inner = cold('  -----1|');
      expectObservable(cold('-a-#').pipe(pacedMap(() => inner))).toBe('---#');
      expectSubscriptions(inner.subscriptions).toBe('-^-!');
    }),
  );

  it('pulls no more of a synchronous source than take asks for', () => {
    let pulled = 0;
    const { told, observer } = heard();
    range(0, 1_000_000)
      .pipe(
        tap(() => (pulled += 1)),
        pacedMap((n) => of(n, n)),
        take(5),
      )
      .subscribe(observer);
    expect(told).toEqual(['0', '0', '1', '1', '2', 'complete']);
    expect(pulled).toBe(3);
  });

  it('pulls no more of a synchronous inner stream than take asks for', () => {
    let pulled = 0;
    of(1)
      .pipe(
        pacedMap(() => range(0, 1_000_000).pipe(tap(() => (pulled += 1)))),
        take(3),
      )
      .subscribe();
    expect(pulled).toBe(3);
  });

  it('counts from 0 for each subscription', () => {
    const indexed = of('a', 'b').pipe(pacedMap((value, index) => of(`${value}${index}`)));
    for (let i = 0; i < 2; i += 1) {
      const { told, observer } = heard();
      indexed.subscribe(observer);
      expect(told).toEqual(['a0', 'b1', 'complete']);
    }
  });

  it('takes Promises, arrays and async iterables', async () => {
    const { told, observer } = heard();
    const inners: (() => AsyncIterable<number> | number[] | Promise<number>)[] = [
      () => Promise.resolve(1),
      () => [2, 3],
      async function* () {
        yield 4;
      },
    ];
    from(inners)
      .pipe(pacedMap((make) => make()))
      .subscribe(observer);
    await settled();
    expect(told).toEqual(['1', '2', '3', '4', 'complete']);
  });

  it.each<[string, () => Observable<number>, string]>([
    [
      'project throws',
      () => {
        throw failure;
      },
      'error failure',
    ],
    ['project gives nothing to subscribe to', () => 7 as never, 'error You provided'],
    ['an inner stream fails', () => throwError(() => failure), 'error failure'],
    ['an inner Promise is rejected', () => Promise.reject(failure) as never, 'error failure'],
  ])('ends with the error when %s', async (_, project, expected) => {
    const source = new Subject<number>();
    const { told, observer } = heard();
    source.pipe(pacedMap((n) => (n < 2 ? of(n) : project()))).subscribe(observer);
    source.next(1);
    source.next(2);
    await settled();
    expect(told).toEqual(['1', expect.stringContaining(expected)]);
    expect(source.observed).toBe(false);
  });

  it('refuses wrong arguments at the call', () => {
    expect(() => pacedMap(7 as never)).toThrow(OptionError);
    expect(() => pacedMap(() => [], { concurrency: 0 })).toThrow(/concurrency/);
    expect(() => pacedMap(() => [], { ordered: 1 as never })).toThrow(/ordered/);
    expect(() => pacedMap(() => [], { maxBuffered: -1 })).toThrow(/maxBuffered/);
    expect(() => pacedMap(() => [], { concurency: 1 } as never)).toThrow(/did you mean 'concurrency'/);
  });
});

describe('the order of results', () => {
  const inner: Readonly<Record<string, string>> = { a: '---A-A|', b: 'B|', c: '-C------C|' };

  it(
    'is that of the inputs, whoever is ready first',
    marbles(({ cold, expectObservable }) => {
      const input = cold('abc|');
      const expected = '  ---A-A(BC)C|';
      expectObservable(input.pipe(pacedMap((x) => cold(inner[x]!), { concurrency: 3 }))).toBe(expected);
    }),
  );

  it(
    'is theirs without `ordered`',
    marbles(({ cold, expectObservable }) => {
      const input = cold('abc|');
      const expected = '  -B-(AC)---C|';
      const options = { concurrency: 3, ordered: false };
      const results: typeof inner = { a: '---A|', b: 'B|', c: '-C------C|' };
      expectObservable(input.pipe(pacedMap((x) => cold(results[x]!), options))).toBe(expected);
    }),
  );

  it('is kept when a consumer feeds what is just given, while results wait', () => {
    const first = new Subject<string>();
    const second = new Subject<string>();
    const results: string[] = [];
    of(first, second)
      .pipe(pacedMap((inner) => inner, { concurrency: 2 }))
      .subscribe((result) => {
        results.push(result);
        if (result === 'b1') second.next('b3');
      });
    second.next('b1');
    second.next('b2');
    first.complete();
    expect(results).toEqual(['b1', 'b2', 'b3']);
  });

  it('is kept, and nothing made up, when a consumer ends what is just given', () => {
    const inners = [new Subject<string>(), new Subject<string>(), new Subject<string>()];
    const { told, observer } = heard();
    from(inners)
      .pipe(
        pacedMap((inner) => inner, { concurrency: 3 }),
        tap((result) => {
          if (result === 'b1') inners[1]!.complete();
        }),
      )
      .subscribe(observer);
    inners[1]!.next('b1');
    inners[1]!.next('b2');
    inners[2]!.next('c1');
    inners[2]!.complete();
    inners[0]!.complete();
    expect(told).toEqual(['b1', 'b2', 'c1', 'complete']);
  });
});

describe('concurrency', () => {
  it.each([1, 2, 5])('%i: so many are taken, and one more for each that is done', (concurrency) => {
    const work = new Work();
    const inbox = new Inbox(...numbers(20)).end();
    const { told, observer } = heard();
    inbox.values.pipe(pacedMap(work.project, { concurrency })).subscribe(observer);
    for (let done = 0; done < 20; done += 1) {
      expect(inbox.read).toHaveLength(Math.min(20, concurrency + done));
      expect(work.started).toEqual(inbox.read); // nothing waits
      work.end(done, done);
    }
    expect(told).toEqual([...numbers(20).map(String), 'complete']);
    expect(inbox.open).toBe(0);
  });

  it('is 1 unless told otherwise', () => {
    const inbox = new Inbox(1, 2, 3);
    const subscription = inbox.values.pipe(pacedMap(() => NEVER)).subscribe();
    expect(inbox.read).toEqual([1]);
    subscription.unsubscribe();
  });

  it('counts lines that wait for their turn', () => {
    const work = new Work();
    const inbox = new Inbox(...numbers(9));
    const { told, observer } = heard();
    const subscription = inbox.values.pipe(pacedMap(work.project, { concurrency: 3 })).subscribe(observer);
    work.end(1, 'b');
    work.end(2, 'c');
    expect(inbox.read).toHaveLength(3);
    expect(told).toEqual([]);
    work.end(0, 'a');
    expect(told).toEqual(['a', 'b', 'c']);
    expect(inbox.read).toHaveLength(6);
    subscription.unsubscribe();
  });

  it('gives a place at once without `ordered`', () => {
    const work = new Work();
    const inbox = new Inbox(...numbers(9));
    const { told, observer } = heard();
    const subscription = inbox.values
      .pipe(pacedMap(work.project, { concurrency: 3, ordered: false }))
      .subscribe(observer);
    work.end(1, 'b');
    expect(inbox.read).toHaveLength(4);
    work.end(3, 'd');
    work.end(0);
    expect(inbox.read).toHaveLength(6);
    expect(told).toEqual(['b', 'd']);
    subscription.unsubscribe();
  });

  it('stops what runs when it is left, and reads no more', () => {
    const work = new Work();
    const inbox = new Inbox(...numbers(9));
    const subscription = inbox.values.pipe(pacedMap(work.project, { concurrency: 2 })).subscribe();
    subscription.unsubscribe();
    expect(work.stopped).toBe(2);
    expect(inbox.open).toBe(0);
    expect(inbox.read).toEqual([0, 1]);
  });

  it('reads no more when its consumer leaves while it is called', () => {
    const inbox = new Inbox(...numbers(9));
    const { told, observer } = heard();
    inbox.values
      .pipe(
        pacedMap((n) => of(n)),
        take(2),
      )
      .subscribe(observer);
    expect(told).toEqual(['0', '1', 'complete']);
    expect(inbox.read).toEqual([0, 1]);
    expect(inbox.open).toBe(0);
  });

  it('begins anew for each subscription', () => {
    const inbox = new Inbox(...numbers(9));
    const paced = inbox.values.pipe(pacedMap(() => NEVER, { concurrency: 2 }));
    const subscriptions = [paced.subscribe(), paced.subscribe()];
    expect(inbox.read).toEqual([0, 1, 2, 3]);
    for (const subscription of subscriptions) subscription.unsubscribe();
  });
});

describe('inner streams that are sources themselves', () => {
  it('are held back with the consumer below', () => {
    const inners = [new Inbox('a1', 'a2', 'a3').end(), new Inbox('b1', 'b2').end()];
    const stage = new Stage(2);
    const inbox = new Inbox(0, 1).end();
    const { told, observer } = heard();
    inbox.values
      .pipe(
        pacedMap((n) => inners[n]!.values),
        stage.take(),
      )
      .subscribe(observer);
    expect(inners.map(({ read }) => read.length)).toEqual([2, 0]);
    stage.give();
    expect(inners.map(({ read }) => read.length)).toEqual([3, 0]);
    stage.give();
    expect(inners.map(({ read }) => read.length)).toEqual([3, 1]);
    stage.give();
    expect(told).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'complete']);
    expect(stage.ungoverned).toEqual([]);
  });

  it('read one ahead while they wait for their turn', () => {
    const inners = numbers(3).map((n) => new Inbox(...['1', '2', '3'].map((x) => `${n}.${x}`)));
    const inbox = new Inbox(0, 1, 2);
    const { told, observer } = heard();
    const subscription = inbox.values.pipe(pacedMap((n) => inners[n]!.values, { concurrency: 3 })).subscribe(observer);
    expect(inners.map(({ read }) => read.length)).toEqual([3, 1, 1]);
    inners[0]!.end();
    expect(inners.map(({ read }) => read.length)).toEqual([3, 3, 1]);
    inners[1]!.end();
    inners[2]!.end();
    expect(told).toEqual(['0.1', '0.2', '0.3', '1.1', '1.2', '1.3', '2.1', '2.2', '2.3']);
    subscription.unsubscribe();
  });

  it('may be read to their end as soon as it is their turn', () => {
    const first = new Subject<string>();
    const rest = ['b', 'c'].map((letter) => new Inbox(letter + '1', letter + '2').end());
    const { told, observer } = heard();
    from([first, ...rest.map(({ values }) => values)])
      .pipe(pacedMap((inner) => inner, { concurrency: 3 }))
      .subscribe(observer);
    expect(rest.map(({ read }) => read.length)).toEqual([1, 1]);
    first.complete();
    expect(told).toEqual(['b1', 'b2', 'c1', 'c2', 'complete']);
  });

  it('run all at once without `ordered`', () => {
    const inners = numbers(3).map((n) => new Inbox(`${n}.1`, `${n}.2`));
    const inbox = new Inbox(0, 1, 2);
    const subscription = inbox.values
      .pipe(pacedMap((n) => inners[n]!.values, { concurrency: 2, ordered: false }))
      .subscribe();
    expect(inners.map(({ read }) => read.length)).toEqual([2, 2, 0]);
    subscription.unsubscribe();
  });

  it('can be consumers as well', () => {
    const stage = new Stage(3);
    const inbox = new Inbox(1).end();
    const inner = new Inbox(...numbers(100));
    const subscription = inbox.values
      .pipe(
        pacedMap(() => inner.values.pipe(pacedMap((n) => of(n, -n)))),
        stage.take(),
      )
      .subscribe();
    expect(inner.read).toEqual([0, 1]); // two values each
    subscription.unsubscribe();
  });

  it('are not held back by the place they take themselves, where project subscribes them', async () => {
    const inner = new Inbox('a', 'b');
    const { told, observer } = heard();
    const ask = async (n: number): Promise<string> => `${n}${await firstValueFrom(inner.values)}`;
    new Inbox(1, 2).end().values.pipe(pacedMap(ask)).subscribe(observer);
    await settled();
    expect(told).toEqual(['1a', '2b', 'complete']);
  });

  it('find a demand by hand in project', () => {
    const stage = new Stage(1);
    const found: unknown[] = [];
    new Inbox(1)
      .end()
      .values.pipe(
        pacedMap(() => {
          found.push(demand()?.hasRoom());
          return EMPTY;
        }),
        stage.take(),
      )
      .subscribe();
    expect(found).toEqual([true]);
  });
});

describe('joined with the consumer below', () => {
  it('has room while both have', () => {
    const work = new Work();
    const inbox = new Inbox(...numbers(20));
    const stage = new Stage(1);
    const subscription = inbox.values.pipe(pacedMap(work.project, { concurrency: 4 }), stage.take()).subscribe();
    expect(inbox.read).toHaveLength(4);
    for (let n = 0; n < 4; n += 1) work.end(n, n);
    expect(stage.taken).toEqual([0, 1, 2, 3]); // as many as were under way
    expect(stage.ungoverned).toEqual([]);
    expect(inbox.read).toHaveLength(4);
    stage.give(3);
    expect(inbox.read).toHaveLength(4);
    stage.give();
    expect(inbox.read).toHaveLength(8);
    subscription.unsubscribe();
  });

  it('takes a demand by hand instead', () => {
    const stage = new Stage(1);
    const inbox = new Inbox(...numbers(9));
    const all = defer(() => {
      const below = demand();
      return timer(0).pipe(mergeMap(() => inbox.values.pipe(pacedMap((n) => of(n), { demand: below }))));
    });
    marbles(({ expectObservable, flush }) => {
      expectObservable(all.pipe(stage.take()), '--!').toBe('a', { a: 0 });
      flush();
    })();
    expect(inbox.read).toEqual([0]);
  });
});

describe('what demand does not reach', () => {
  it('waits, up to `maxBuffered`, and one more is an OverflowError', () => {
    const source = new Subject<number>();
    const work = new Work();
    const { told, observer } = heard();
    source.pipe(pacedMap(work.project, { concurrency: 2, maxBuffered: 3 })).subscribe(observer);
    for (let n = 0; n < 5; n += 1) source.next(n);
    expect(work.started).toEqual([0, 1]);
    work.end(1, 'b');
    work.end(0, 'a');
    expect(work.started).toEqual([0, 1, 2, 3]);
    source.next(5);
    source.next(6);
    expect(told).toEqual(['a', 'b']);
    source.next(7);
    expect(told).toEqual(['a', 'b', expect.stringMatching(/^error pacedMap: more than 3 values wait/)]);
    expect(source.observed).toBe(false);
    expect(work.stopped).toBe(2);
  });

  it('may be 1000 without the option', () => {
    const errors: unknown[] = [];
    range(0, 1001)
      .pipe(pacedMap(() => NEVER))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([]);
    range(0, 1002)
      .pipe(pacedMap(() => NEVER))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([expect.any(OverflowError)]);
  });

  it('is no overflow while there is a place', () => {
    const source = new Subject<number>();
    const { told, observer } = heard();
    source.pipe(pacedMap((n) => of(n), { maxBuffered: 0 })).subscribe(observer);
    for (let n = 0; n < 5; n += 1) source.next(n);
    expect(told).toEqual(['0', '1', '2', '3', '4']);
  });

  it('is not what one read expands to', () => {
    const inbox = new Inbox(1, 2).end();
    const work = new Work();
    const { told, observer } = heard();
    inbox.values
      .pipe(
        mergeMap((n) => from(numbers(2000)).pipe(map((i) => n * 10_000 + i))),
        pacedMap(work.project, { concurrency: 2 }),
      )
      .subscribe(observer);
    expect(inbox.read).toEqual([1]);
    for (const n of [10_000, 20_000]) for (let i = 0; i < 2000; i += 1) work.end(n + i, n + i);
    expect(told).toHaveLength(4001);
    expect(told.at(-1)).toBe('complete');
    expect(told.slice(0, -1)).toEqual([10_000, 20_000].flatMap((n) => numbers(2000).map((i) => String(n + i))));
  });

  it('ends all when it fails after what waits has been taken', () => {
    const source = new Subject<number>();
    const { told, observer } = heard();
    source.pipe(pacedMap(() => NEVER)).subscribe(observer);
    for (let n = 0; n < 3; n += 1) source.next(n);
    source.error(failure);
    expect(told).toEqual(['error failure']);
  });
});

describe('completion', () => {
  it('waits for what runs and what waits', () => {
    const source = new Subject<number>();
    const work = new Work();
    const { told, observer } = heard();
    source.pipe(pacedMap(work.project)).subscribe(observer);
    source.next(1);
    source.next(2);
    source.complete();
    work.end(1, 1);
    expect(told).toEqual(['1']);
    work.end(2, 2);
    expect(told).toEqual(['1', '2', 'complete']);
  });
});

describe('many values at once', () => {
  const count = 100_000;

  it.each([1, 3])('need no stack, with concurrency %i', (concurrency) => {
    let sum = 0;
    let completed = false;
    range(0, count)
      .pipe(pacedMap((n) => of(n), { concurrency }))
      .subscribe({ next: (n) => (sum += n), complete: () => (completed = true) });
    expect(completed).toBe(true);
    expect(sum).toBe((count * (count - 1)) / 2);
  });

  it('need none when they come of a read that asked, nor with two in a row', () => {
    const inbox = new Inbox<number>();
    for (const n of numbers(count)) inbox.push(n);
    inbox.end();
    let got = 0;
    let completed = false;
    inbox.values
      .pipe(
        pacedMap((n) => of(n)),
        pacedMap((n) => new Inbox(n).end().values, { concurrency: 2 }),
      )
      .subscribe({ next: () => (got += 1), complete: () => (completed = true) });
    expect([got, completed]).toEqual([count, true]);
  });

  it('need none when they have waited', () => {
    const gate = new Subject<never>();
    let got = 0;
    concat(of(-1), range(0, count))
      .pipe(pacedMap((n) => (n < 0 ? gate : of(n)), { maxBuffered: count }))
      .subscribe(() => (got += 1));
    gate.complete();
    expect(got).toBe(count);
  });
});

describe('fairness', () => {
  const fed = (concurrency: number, work: Work, ...inboxes: Inbox<number>[]) =>
    merge(...inboxes.map(({ values }) => values)).pipe(pacedMap(work.project, { concurrency }));

  it.each([1, 2, 5])('two sources merged both go on, with concurrency %i', (concurrency) => {
    const [a, b] = [new Inbox(...numbers(1000)), new Inbox(...numbers(1000).map((n) => n + 1000))];
    const work = new Work();
    const subscription = fed(concurrency, work, a, b).subscribe();
    for (let i = 0; i < 200; i += 1) work.end(work.started[i]);
    expect(a.read.length + b.read.length).toBe(200 + concurrency);
    expect(Math.abs(a.read.length - b.read.length)).toBeLessThanOrEqual(2 * concurrency);
    subscription.unsubscribe();
  });

  it('two sources merged both go on where several places come at once', () => {
    const made = [0, 0];
    function* endless(which: 0 | 1): Generator<number> {
      for (;;) yield (made[which]! += 1);
    }
    const first = new Subject<number>();
    let begun = 0;
    const atOnce = (n: number): Observable<number> => (begun++ === 0 ? first : of(n));
    merge(fromIterable(endless(0)), fromIterable(endless(1)))
      .pipe(pacedMap(atOnce, { concurrency: 4 }), take(400))
      .subscribe();
    first.complete();
    expect(Math.max(...made)).toBeLessThan(210);
  });

  it('one that is empty does not stand in the way of another', () => {
    const [a, b] = [new Inbox(0, 1), new Inbox(...numbers(50).map((n) => n + 1000))];
    const work = new Work();
    const subscription = fed(1, work, a, b).subscribe();
    for (let i = 0; i < 30; i += 1) work.end(work.started[i]);
    expect(b.read).toHaveLength(29);
    a.push(2);
    work.end(work.started[30]);
    work.end(work.started[31]);
    expect(a.read).toEqual([0, 1, 2]);
    subscription.unsubscribe();
  });

  it('one that is left does not either', () => {
    const [a, b] = [new Inbox(...numbers(50)), new Inbox(...numbers(50).map((n) => n + 1000))];
    const work = new Work();
    const stop = new Subject<void>();
    const subscription = merge(a.values.pipe(take(1)), b.values)
      .pipe(pacedMap(work.project))
      .subscribe();
    for (let i = 0; i < 10; i += 1) work.end(work.started[i]);
    expect(a.open).toBe(0);
    expect(b.read).toHaveLength(10);
    stop.complete();
    subscription.unsubscribe();
  });

  it('a pipeline that stalls does not slow another', () => {
    const [a, b] = [new Inbox(...numbers(50)), new Inbox(...numbers(50)).end()];
    const stalled = a.values.pipe(pacedMap(() => NEVER)).subscribe();
    const { told, observer } = heard();
    b.values.pipe(pacedMap((n) => of(n))).subscribe(observer);
    expect(told).toHaveLength(51);
    expect(a.read).toHaveLength(1);
    stalled.unsubscribe();
  });

  it('the room that comes in the middle of something else is told at its end', async () => {
    const kick = new Subject<number>();
    const inbox = new Inbox(...numbers(5));
    const { told, observer } = heard();
    const inner = new Subject<string>();
    merge(kick, inbox.values)
      .pipe(pacedMap((n) => (n < 0 ? inner : of(`${n}`))))
      .subscribe(observer);
    expect(told).toEqual(['0', '1', '2', '3', '4']);
    kick.next(-1);
    inbox.push(5, 6);
    expect(told).toHaveLength(5);
    inner.complete();
    expect(told).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    for (let n = 7; n < 12; n += 1) {
      kick.next(-1 * n); // each of them once the one before has gone
      inbox.push(n);
      expect(told).toHaveLength(n + 1);
    }
  });

  it('goes on between a generator and what else there is', async () => {
    const made: number[] = [];
    function* endless(): Generator<number> {
      for (let n = 0; ; n += 1) {
        made.push(n);
        yield n;
      }
    }
    const work = new Work();
    const other = new Inbox(...numbers(100).map((n) => n + 1000));
    const subscription = merge(fromIterable(endless()), other.values).pipe(pacedMap(work.project)).subscribe();
    for (let i = 0; i < 20; i += 1) work.end(work.started[i]);
    expect(made.length + other.read.length).toBe(21);
    expect(Math.abs(made.length - other.read.length)).toBeLessThanOrEqual(2);
    subscription.unsubscribe();
  });
});
