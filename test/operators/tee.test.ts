import {
  concatWith,
  EMPTY,
  filter,
  map,
  merge,
  mergeMap,
  type MonoTypeOperatorFunction,
  NEVER,
  type Observable,
  of,
  range,
  share,
  Subject,
  take,
  takeUntil,
  tap,
  throwError,
} from 'rxjs';
import { bounded, OptionError, pacedMap, tee } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { heard, Inbox, numbers, Stage } from '../demand/stages.js';
import { marbles } from '../helpers/marbles.js';

const failure = new Error('failure');
const none = <T>(): MonoTypeOperatorFunction<T> => tap();

describe('as an operator', () => {
  it.each([
    ['never', '--- ', '---  ', '^--!  '],
    ['empty', '--| ', '--|  ', '^-!   '],
    ['one', '-a-| ', '-a-| ', '^--!  '],
    ['many', '-ab(cd)-|', '-ab(cd)-|', '^-------!'],
    ['an error', '-a-#', '-a-# ', '^--!  '],
  ])('%s', (name, source, expected, held) =>
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const both = tee<string>(none(), none()); // one value, used twice
      for (const input of [cold(source.trim()), cold(source.trim())]) {
        expectObservable(input.pipe(both), name === 'never' ? '---!' : undefined).toBe(expected.trim());
        expectSubscriptions(input.subscriptions).toBe(held.trim());
      }
    })(),
  );

  it(
    'leaves its source and its branches when it is left early',
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const input = cold('-a-b--|');
      const inner = hot(' -------');
      const left = '      ----!';
      expectObservable(input.pipe(tee(mergeMap(() => inner))), left).toBe('-a-b-');
      expectSubscriptions(input.subscriptions).toBe('^---!');
      expectSubscriptions(inner.subscriptions).toBe(['-^--!', '---^!']);
    }),
  );

  it('pulls no more of a synchronous source than take asks for', () => {
    const [pulled, branch] = [heard(), heard()];
    range(0, 1_000_000)
      .pipe(tap(pulled.observer), tee(tap(branch.observer)), take(3))
      .subscribe();
    expect(pulled.told).toEqual(['0', '1', '2']);
    expect(branch.told).toEqual(['0', '1', '2']);
  });

  it('is the source itself with no sinks at all', () => {
    const inbox = new Inbox(...numbers(5)).end();
    const stage = new Stage(3);
    const { told, observer } = heard();
    inbox.values.pipe(tee(), stage.take()).subscribe(observer);
    expect(inbox.read).toEqual([0, 1, 2]);
    stage.give(2);
    expect(told).toEqual(['0', '1', '2', '3', '4', 'complete']);
  });

  it('refuses what is no operator at the call', () => {
    expect(() => tee(none(), NEVER as never)).toThrow(OptionError);
    expect(() => tee(undefined as never)).toThrow(/must be an operator, got undefined/);
  });
});

describe('what branches get', () => {
  it('is each value, before it is emitted', () => {
    const order: string[] = [];
    of(1, 2)
      .pipe(
        tee(
          tap((n) => order.push(`a${n}`)),
          tap((n) => order.push(`b${n}`)),
        ),
      )
      .subscribe((n) => order.push(`out${n}`));
    expect(order).toEqual(['a1', 'b1', 'out1', 'a2', 'b2', 'out2']);
  });

  it('is each value before it is emitted, also when a branch completes with it', () => {
    const order: string[] = [];
    of(1, 2)
      .pipe(
        tee(
          take(1),
          tap((n) => order.push(`b${n}`)),
        ),
      )
      .subscribe((n) => order.push(`out${n}`));
    expect(order).toEqual(['b1', 'out1', 'b2', 'out2']);
  });

  it('is completion, and an error of the source ends them', () => {
    const [first, second, source] = [heard(), heard(), new Subject<number>()];
    const stopped: string[] = [];
    const watched = (name: string): MonoTypeOperatorFunction<number> => tap({ unsubscribe: () => stopped.push(name) });
    of(1)
      .pipe(tee(tap(first.observer), tap(second.observer)))
      .subscribe();
    expect([first.told, second.told]).toEqual([
      ['1', 'complete'],
      ['1', 'complete'],
    ]);
    const { told, observer } = heard();
    source.pipe(tee(watched('a'), watched('b'))).subscribe(observer);
    source.error(failure);
    expect(told).toEqual(['error failure']);
    expect(stopped).toEqual(['a', 'b']);
  });
});

describe('branches with demand', () => {
  it('hold the source back while one of them has no room, and emission with it', () => {
    const inbox = new Inbox(...numbers(10));
    const [a, b] = [new Stage(2), new Stage(100)];
    const { told, observer } = heard();
    const subscription = inbox.values.pipe(tee(a.take(), b.take())).subscribe(observer);
    expect(inbox.read).toEqual([0, 1]);
    expect(b.taken).toEqual([0, 1]); // no more than its neighbour
    a.give();
    expect(inbox.read).toEqual([0, 1, 2]);
    expect(a.taken).toEqual([0, 1, 2]);
    expect(b.taken).toEqual([0, 1, 2]);
    a.give(100);
    expect(told.slice(0, 10)).toEqual(numbers(10).map(String));
    expect([...a.ungoverned, ...b.ungoverned]).toEqual([]);
    subscription.unsubscribe();
  });

  it('emits a value once every branch took it', () => {
    const [a, b] = [new Stage(5), new Stage(1)];
    const { told, observer } = heard();
    const subscription = new Inbox(...numbers(9)).values.pipe(tee(a.take(), b.take())).subscribe(observer);
    expect(a.taken).toEqual([0]);
    expect(told).toEqual([]); // b took it, and is busy with it
    b.give();
    expect(told).toEqual(['0']);
    b.give(9);
    expect(told).toEqual(['0', '1', '2', '3']); // the fifth place of a is taken
    subscription.unsubscribe();
  });

  it('that have no room at the beginning are waited for', () => {
    const inbox = new Inbox(...numbers(10)).end();
    const [a, b] = [new Stage(0), new Stage(0)];
    const { told, observer } = heard();
    inbox.values.pipe(tee(a.take(), b.take())).subscribe(observer);
    expect(inbox.read).toEqual([]);
    a.give(20);
    expect(inbox.read).toEqual([]);
    b.give(20);
    expect(inbox.read).toHaveLength(10);
    expect(told.at(-1)).toBe('complete');
  });

  it('that lose their room to somebody else are waited for', () => {
    const inbox = new Inbox<number>();
    const stage = new Stage(1);
    const other = new Inbox<number>();
    const both = (feed: Observable<number>): Observable<number> => merge(feed, other.values).pipe(stage.take());
    const { told, observer } = heard();
    const subscription = inbox.values.pipe(tee(both)).subscribe(observer);
    other.push(100);
    inbox.push(1, 2);
    expect(inbox.read).toEqual([]);
    stage.give(3);
    expect(inbox.read).toEqual([1, 2]);
    expect(told).toEqual(['1', '2']);
    subscription.unsubscribe();
  });

  it('that feed on something else as well get on with it when the tee has nothing', () => {
    const [inbox, other] = [new Inbox(1), new Inbox<number>()];
    const stage = new Stage(1);
    const both = (feed: Observable<number>): Observable<number> => merge(feed, other.values).pipe(stage.take());
    const { told, observer } = heard();
    const subscription = inbox.values.pipe(tee(both)).subscribe(observer);
    other.push(100);
    expect(stage.taken).toEqual([1]);
    stage.give();
    expect(told).toEqual(['1']); // this is what the tee waited for
    expect(stage.taken).toEqual([1, 100]);
    subscription.unsubscribe();
  });

  it('go on with the output stalled no further than one, and are joined with it', () => {
    const inbox = new Inbox(...numbers(10));
    const [branch, below] = [new Stage(100), new Stage(2)];
    const subscription = inbox.values.pipe(tee(branch.take()), below.take()).subscribe();
    expect(inbox.read).toEqual([0, 1]);
    below.give();
    expect(inbox.read).toEqual([0, 1, 2]);
    expect(below.ungoverned).toEqual([]);
    subscription.unsubscribe();
  });

  it('may filter: what they do not take costs no place', () => {
    const inbox = new Inbox(...numbers(10)).end();
    const stage = new Stage(2);
    const { told, observer } = heard();
    inbox.values
      .pipe(
        tee(
          (feed) =>
            feed.pipe(
              filter((n) => n % 3 === 0),
              stage.take(),
            ),
          none(),
        ),
      )
      .subscribe(observer);
    expect(stage.taken).toEqual([0, 3]);
    expect(inbox.read).toEqual([0, 1, 2, 3]);
    expect(told).toEqual(['0', '1', '2']);
    stage.give(100);
    expect(stage.taken).toEqual([0, 3, 6, 9]);
    expect(told).toHaveLength(11);
  });

  it('may have several consumers, of which the first one counts', () => {
    const inbox = new Inbox(...numbers(10));
    const [near, far] = [new Stage(100), new Stage(2)];
    const subscription = inbox.values.pipe(tee((feed) => feed.pipe(near.take(), map(String), far.take()))).subscribe();
    expect(inbox.read).toEqual([0, 1]); // they are joined
    subscription.unsubscribe();
  });

  it('are not held back by the demand that the tee itself stands in', () => {
    const inbox = new Inbox(...numbers(4));
    const branch = new Stage(10);
    const inner = new Inbox('a', 'b', 'c');
    const below = new Stage(0);
    const subscription = inbox.values
      .pipe(
        tee((feed) => merge(feed, inner.values).pipe(branch.take())),
        below.take(),
      )
      .subscribe();
    expect(inbox.read).toEqual([]);
    expect(branch.taken).toEqual(['a', 'b', 'c']);
    subscription.unsubscribe();
  });
});

describe('a branch that completes', () => {
  it('leaves, and the others go on', () => {
    const inbox = new Inbox(...numbers(6)).end();
    const [a, b] = [new Stage(1), new Stage(100)];
    const { told, observer } = heard();
    inbox.values.pipe(tee((feed) => feed.pipe(a.take(), take(1)), b.take())).subscribe(observer);
    expect(b.taken).toEqual(numbers(6));
    expect(told).toEqual([...numbers(6).map(String), 'complete']);
  });

  it('and is full leaves nothing behind to wait for', () => {
    const source = new Subject<number>();
    const stop = new Subject<void>();
    const a = new Stage(1);
    const { told, observer } = heard();
    source.pipe(tee((feed) => feed.pipe(a.take(), takeUntil(stop)), none())).subscribe(observer);
    source.next(1);
    source.next(2);
    expect(told).toEqual([]);
    stop.next();
    expect(told).toEqual(['1', '2']);
    source.next(3);
    expect(told).toEqual(['1', '2', '3']);
  });

  it('at once, or all of them, leaves the source to go on', () => {
    const { told, observer } = heard();
    of(1, 2, 3)
      .pipe(tee(() => EMPTY, take(2)))
      .subscribe(observer);
    expect(told).toEqual(['1', '2', '3', 'complete']);
  });

  it('stops taking what it is fed without completing: it is not waited for, but at the end', () => {
    const inbox = new Inbox(...numbers(6));
    const stop = new Subject<void>();
    const { told, observer } = heard();
    const subscription = inbox.values
      .pipe(tee((feed) => feed.pipe(takeUntil(stop)).pipe(pacedMap(() => NEVER)), none()))
      .subscribe(observer);
    expect(inbox.read).toEqual([0]);
    stop.next();
    expect(inbox.read).toEqual(numbers(6));
    inbox.end();
    expect(told).toEqual(numbers(6).map(String));
    subscription.unsubscribe();
  });
});

describe('a branch that fails', () => {
  it.each<[string, (feed: Observable<number>) => Observable<unknown>]>([
    ['with a value', mergeMap((n) => (n < 2 ? of(n) : throwError(() => failure)))],
    ['by throwing', map((n) => (n < 2 ? n : fail()))],
  ])('%s ends all', (_, failing) => {
    const source = new Subject<number>();
    const { told, observer } = heard();
    const other = new Stage(100);
    source.pipe(tee(other.take(), failing)).subscribe(observer);
    source.next(1);
    source.next(2);
    expect(told).toEqual(['1', 'error failure']);
    expect(source.observed).toBe(false);
    expect(other.taken).toEqual([1, 2]);
  });

  it('at once ends all before the source is subscribed', () => {
    const inbox = new Inbox(1);
    const { told, observer } = heard();
    inbox.values.pipe(tee(() => throwError(() => failure), none())).subscribe(observer);
    expect(told).toEqual(['error failure']);
    expect([inbox.open, inbox.read]).toEqual([0, []]);
  });

  it('to be built ends all, those that were built before included', () => {
    const stopped: string[] = [];
    const { told, observer } = heard();
    NEVER.pipe(tee(tap({ unsubscribe: () => stopped.push('first') }), () => fail())).subscribe(observer);
    expect(told).toEqual(['error failure']);
    expect(stopped).toEqual(['first']);
  });
});

describe('completion', () => {
  it('waits until all branches have drained', () => {
    const source = new Subject<number>();
    const drains = [new Subject<never>(), new Subject<never>()];
    const { told, observer } = heard();
    source.pipe(tee(...drains.map((drain) => concatWith(drain)))).subscribe(observer);
    source.next(1);
    source.complete();
    expect(told).toEqual(['1']);
    drains[1]!.complete();
    expect(told).toEqual(['1']);
    drains[0]!.complete();
    expect(told).toEqual(['1', 'complete']);
  });

  it('comes after what the branches had not taken yet', () => {
    const inbox = new Inbox(...numbers(3)).end();
    const ends: (() => void)[] = [];
    const { told, observer } = heard();
    const slow = pacedMap<number, Promise<void>>(() => new Promise((resolve) => ends.push(resolve)));
    inbox.values.pipe(tee(slow, none())).subscribe(observer);
    expect(inbox.read).toEqual([0]);
    expect(told).toEqual([]);
    return (async () => {
      for (let i = 0; i < 3; i += 1) {
        ends[i]!();
        await new Promise(setImmediate);
      }
      expect(told).toEqual(['0', '1', '2', 'complete']);
    })();
  });
});

describe('what demand does not reach', () => {
  it('is fed to the branches all the same, up to 1000 values ahead of a stalled one', () => {
    const source = new Subject<number>();
    const [a, b] = [new Stage(0), new Stage(0)];
    const { told, observer } = heard();
    source.pipe(tee(a.take(), b.take())).subscribe(observer);
    for (let n = 0; n < 1000; n += 1) source.next(n);
    expect([a.taken.length, b.taken.length, told.length]).toEqual([1000, 1000, 0]);
    source.next(1000);
    expect(told).toEqual([expect.stringMatching(/^error tee: more than 1000 values wait/)]);
  });

  it('may wait where a branch or a buffer above lets it, in tee 1000 at the most', () => {
    const stalled = (maxBuffered: number) => pacedMap<number, Observable<never>>(() => NEVER, { maxBuffered });
    const most = (...operators: MonoTypeOperatorFunction<number>[]): string => {
      const source = new Subject<number>();
      const { told, observer } = heard();
      operators.reduce<Observable<number>>((piped, operator) => piped.pipe(operator), source).subscribe(observer);
      let n = 0;
      while (told.length === 0) source.next(n++);
      return told[0]!;
    };
    expect(most(tee(stalled(10)))).toMatch(/^error pacedMap: more than 10 values wait/);
    expect(most(tee(stalled(5000)))).toMatch(/^error tee: more than 1000 values wait/);
    expect(most(bounded(5000), tee(stalled(10)))).toMatch(/^error bounded: more than 5000 values wait/);
  });

  it('is emitted as soon as all have room again', () => {
    const source = new Subject<number>();
    const a = new Stage(0);
    const { told, observer } = heard();
    source.pipe(tee(a.take(), none())).subscribe(observer);
    for (let n = 0; n < 5; n += 1) source.next(n);
    expect(told).toEqual([]);
    a.give(6);
    expect(told).toEqual(numbers(5).map(String));
  });
});

describe('beside share', () => {
  it('whose first subscriber leaves, the second gets on', () => {
    const inbox = new Inbox(...numbers(10)).end();
    const shared = inbox.values.pipe(share());
    const [a, b] = [new Stage(2), heard()];
    const first = shared.pipe(a.take()).subscribe();
    shared.subscribe(b.observer);
    expect(inbox.read).toEqual([0, 1]);
    first.unsubscribe();
    expect(inbox.read).toEqual(numbers(10));
    expect(b.told).toEqual([...numbers(8).map((n) => String(n + 2)), 'complete']);
  });
});

function fail(): never {
  throw failure;
}
