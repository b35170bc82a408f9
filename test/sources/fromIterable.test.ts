import {
  EMPTY,
  catchError,
  filter,
  firstValueFrom,
  map,
  merge,
  mergeMap,
  NEVER,
  share,
  Subject,
  switchMap,
  take,
  toArray,
} from 'rxjs';
import { fromIterable, OptionError } from 'rxzmq';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { heard, Inbox, numbers, Places, settled, Stage, standing } from '../demand/stages.js';
import { collect } from '../helpers/collect.js';

vi.mock('../../src/rx/defaultClock.js', async () => ({
  defaultClock: (await import('../demand/stages.js')).standing, // a slow machine must not end a turn
}));

const failure = new Error('failure');

/** Makes the numbers from 0, or some of them, and keeps count of that. */
class Maker {
  made = 0;
  returned = 0;
  begun = 0;
  readonly #count: number;

  constructor(count = Infinity) {
    this.#count = count;
  }

  *[Symbol.iterator](): Generator<number> {
    this.begun += 1;
    try {
      for (let n = 0; n < this.#count; n += 1) {
        this.made += 1;
        yield n;
      }
    } finally {
      this.returned += 1;
    }
  }
}

/** Gives its values when a test says so. */
class Later implements AsyncIterable<number> {
  asked = 0;
  returned = 0;
  readonly #asking: { resolve: (result: IteratorResult<number>) => void; reject: (error: unknown) => void }[] = [];

  [Symbol.asyncIterator](): AsyncIterator<number> {
    return {
      next: () => {
        this.asked += 1;
        return new Promise((resolve, reject) => this.#asking.push({ resolve, reject }));
      },
      return: () => {
        this.returned += 1;
        return Promise.reject(failure); // and nobody is to hear of it
      },
    };
  }

  async give(value: number): Promise<void> {
    this.#asking.shift()!.resolve({ done: false, value });
    await settled();
  }

  async end(): Promise<void> {
    this.#asking.shift()!.resolve({ done: true, value: undefined });
    await settled();
  }

  async fail(): Promise<void> {
    this.#asking.shift()!.reject(failure);
    await settled();
  }
}

describe('what it takes', () => {
  async function* generator(): AsyncGenerator<number> {
    yield 1;
    await settled();
    yield 2;
  }

  it.each<[string, Iterable<unknown> | AsyncIterable<unknown>, unknown[]]>([
    ['an empty array', [], []],
    ['one value', [1], [1]],
    ['many', numbers(5000), numbers(5000)],
    ['a text', 'abc', ['a', 'b', 'c']],
    ['a Set', new Set([1, 2]), [1, 2]],
    ['a typed array', Float32Array.of(1, 2), [1, 2]],
    ['undefined as a value', [undefined, null], [undefined, null]],
    ['a generator', new Maker(3), [0, 1, 2]],
    ['an async generator', generator(), [1, 2]],
    ['a stream', new ReadableStream({ start: (c) => (c.enqueue('x'), c.enqueue('y'), c.close()) }), ['x', 'y']],
  ])('%s', async (_, iterable, expected) => {
    expect(await firstValueFrom(fromIterable(iterable).pipe(toArray()))).toEqual(expected);
  });

  it('never', async () => {
    const later = new Later();
    const { told, observer } = heard();
    const subscription = fromIterable(later).subscribe(observer);
    await settled();
    expect(told).toEqual([]);
    expect(later.asked).toBe(1);
    subscription.unsubscribe();
    expect(later.returned).toBe(1);
  });

  it('prefers to be async where it can be both', async () => {
    const both = {
      *[Symbol.iterator](): Generator<string> {
        yield 'now';
      },
      async *[Symbol.asyncIterator](): AsyncGenerator<string> {
        yield 'later';
      },
    };
    expect(await firstValueFrom(fromIterable<string>(both))).toBe('later');
  });

  it('refuses what cannot be iterated, and wrong options, at the call', () => {
    for (const value of [undefined, null, 7, {}, { [Symbol.iterator]: 7 }, NEVER]) {
      expect(() => fromIterable(value as never)).toThrow(OptionError);
    }
    expect(() => fromIterable(7 as never)).toThrow(/fromIterable: 7 cannot be iterated/);
    expect(() => fromIterable([], { demand: 7 as never })).toThrow(/demand/);
    expect(() => fromIterable([], { deamnd: undefined } as never)).toThrow(/did you mean 'demand'/);
  });
});

describe('a subscription', () => {
  it('gives what is there at once', () => {
    const { told, observer } = heard();
    fromIterable([1, 2, 3]).subscribe(observer);
    expect(told).toEqual(['1', '2', '3', 'complete']);
  });

  it('begins the iterable, each its own', () => {
    const maker = new Maker(2);
    const source = fromIterable(maker);
    expect(maker.begun).toBe(0);
    for (let i = 1; i <= 2; i += 1) {
      const { told, observer } = heard();
      source.subscribe(observer);
      expect(told).toEqual(['0', '1', 'complete']);
      expect([maker.begun, maker.returned]).toEqual([i, i]);
    }
  });

  it('takes of an endless generator what it is asked for, and returns it', () => {
    for (const count of [1, 3]) {
      const maker = new Maker();
      const { told, observer } = heard();
      fromIterable(maker).pipe(take(count)).subscribe(observer);
      expect(told).toEqual([...numbers(count).map(String), 'complete']);
      expect(maker.made).toBe(count);
      expect(maker.returned).toBe(1);
    }
  });

  it('does not return one that is done, or has thrown', async () => {
    let returned = 0;
    const iterator = (next: () => IteratorResult<number>): Iterable<number> => ({
      [Symbol.iterator]: () => ({ next, return: () => ((returned += 1), { done: true, value: undefined }) }),
    });
    fromIterable(iterator(() => ({ done: true, value: undefined }))).subscribe();
    fromIterable(
      iterator(() => {
        throw failure;
      }),
    ).subscribe({ error: () => undefined });
    const later = new Later();
    const [failed, ended] = [heard(), heard()];
    fromIterable(later).subscribe(failed.observer);
    await later.fail();
    fromIterable(later).subscribe(ended.observer);
    await later.end();
    expect([failed.told, ended.told]).toEqual([['error failure'], ['complete']]);
    expect([returned, later.returned]).toEqual([0, 0]);
  });

  it('is not harmed by an iterable without return, or one whose return throws', () => {
    const without: Iterable<number> = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) };
    const throwing: Iterable<number> = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: 1 }),
        return: () => {
          throw failure;
        },
      }),
    };
    for (const iterable of [without, throwing]) {
      const { told, observer } = heard();
      fromIterable(iterable).pipe(take(1)).subscribe(observer);
      expect(told).toEqual(['1', 'complete']);
    }
  });

  it.each<[string, Iterable<number> | AsyncIterable<number>, string[]]>([
    [
      'cannot be begun',
      {
        [Symbol.iterator]: () => {
          throw failure;
        },
      },
      ['error failure'],
    ],
    [
      'throws in next',
      (function* () {
        yield 1;
        throw failure;
      })(),
      ['1', 'error failure'],
    ],
    [
      'rejects in next',
      (async function* () {
        yield 1;
        throw failure;
      })(),
      ['1', 'error failure'],
    ],
    [
      'throws where it says whether it is done',
      {
        [Symbol.iterator]: () => ({
          next: () => ({
            get done(): boolean {
              throw failure;
            },
            value: 1,
          }),
        }),
      },
      ['error failure'],
    ],
  ])('gives an error when the iterable %s', async (_, iterable, expected) => {
    const { told, observer } = heard();
    fromIterable(iterable).subscribe(observer);
    await settled();
    expect(told).toEqual(expected);
  });

  it('that is left while a Promise is pending hears nothing more', async () => {
    const later = new Later();
    const { told, observer } = heard();
    const subscription = fromIterable(later).subscribe(observer);
    subscription.unsubscribe();
    await later.give(1);
    expect(told).toEqual([]);
    expect([later.asked, later.returned]).toEqual([1, 1]);
  });
});

describe('with a consumer below', () => {
  it('makes no value before there is room for it', () => {
    const maker = new Maker(6);
    const stage = new Stage(0);
    const { told, observer } = heard();
    fromIterable(maker)
      .pipe(
        map((n) => n * 2),
        stage.take(),
      )
      .subscribe(observer);
    expect(maker.made).toBe(0);
    for (let n = 1; n <= 6; n += 1) {
      stage.give();
      expect(maker.made).toBe(n);
    }
    expect(told).toHaveLength(6);
    stage.give(); // it learns that there is no more when it asks
    expect(told.at(-1)).toBe('complete');
    expect(stage.ungoverned).toEqual([]);
  });

  it('returns the iterable when it is left while it waits for room', () => {
    const maker = new Maker();
    const subscription = fromIterable(maker).pipe(new Stage(3).take()).subscribe();
    subscription.unsubscribe();
    expect([maker.made, maker.returned]).toEqual([3, 1]);
  });

  it('goes on after others have', () => {
    const maker = new Maker(100);
    const other = new Inbox(...numbers(100));
    const stage = new Stage(10);
    const subscription = merge(fromIterable(maker), other.values).pipe(stage.take()).subscribe();
    stage.give(30);
    expect(maker.made + other.read.length).toBe(40);
    expect(Math.min(maker.made, other.read.length)).toBeGreaterThanOrEqual(15);
    subscription.unsubscribe();
  });

  it('takes the demand that it is given instead of the one it finds', () => {
    const maker = new Maker();
    const [places, stage] = [new Places(2), new Stage(0)];
    const source = fromIterable(maker, { demand: places });
    const values: number[] = [];
    const subscription = source
      .pipe(
        map((n) => {
          places.left -= 1;
          values.push(n);
          return n;
        }),
        stage.take(),
      )
      .subscribe();
    expect(values).toEqual([0, 1]);
    places.give();
    expect(values).toEqual([0, 1, 2]);
    subscription.unsubscribe();
    expect(places.waiters.size).toBe(0);
  });

  it('leaves nothing in the demand of one that goes on', () => {
    const stage = new Stage(0);
    const makers = numbers(5).map(() => new Maker());
    const next = new Subject<number>();
    const places = new Places(0);
    const subscription = next
      .pipe(
        switchMap((n) => fromIterable(makers[n]!, { demand: places })),
        stage.take(),
      )
      .subscribe();
    for (const n of numbers(5)) next.next(n);
    expect(places.waiters.size).toBe(1);
    subscription.unsubscribe();
    expect(places.waiters.size).toBe(0);
  });

  it('passes on the room that it has no use for', () => {
    const other = new Inbox(100);
    const stage = new Stage(0);
    const subscription = merge(fromIterable([1, 2]).pipe(filter(() => false)), fromIterable([]), other.values)
      .pipe(stage.take())
      .subscribe();
    stage.give();
    expect(stage.taken).toEqual([100]);
    subscription.unsubscribe();
  });
});

describe('an async iterable', () => {
  it('is asked for one value at a time, and only with room', async () => {
    const later = new Later();
    const stage = new Stage(2);
    const subscription = fromIterable(later).pipe(stage.take()).subscribe();
    await settled();
    expect(later.asked).toBe(1);
    await later.give(0);
    expect(later.asked).toBe(2);
    await later.give(1);
    expect(later.asked).toBe(2);
    expect(stage.taken).toEqual([0, 1]);
    stage.give();
    expect(later.asked).toBe(3);
    await later.give(2);
    expect(stage.taken).toEqual([0, 1, 2]);
    expect(stage.ungoverned).toEqual([]);
    subscription.unsubscribe();
  });

  it('that takes its time does not keep the room from another', async () => {
    const later = new Later();
    const other = new Inbox(100, 101);
    const stage = new Stage(0);
    const subscription = merge(fromIterable(later), other.values).pipe(stage.take()).subscribe();
    stage.give();
    expect(later.asked).toBe(1);
    expect(stage.taken).toEqual([100]);
    await later.give(1); // it was asked for when there was room
    expect(stage.taken).toEqual([100, 1]);
    expect(stage.ungoverned).toEqual([]);
    expect(later.asked).toBe(1);
    stage.give(2);
    expect(stage.taken).toEqual([100, 1, 101]);
    subscription.unsubscribe();
  });

  it.each(['fail', 'end'] as const)('passes on the room when it comes to %s', async (how) => {
    const later = new Later();
    const other = new Inbox<number>();
    const stage = new Stage(0);
    const subscription = merge(fromIterable(later).pipe(catchError(() => EMPTY)), other.values)
      .pipe(stage.take())
      .subscribe();
    stage.give();
    stage.places = 0;
    other.push(100);
    stage.places = 1;
    await later[how]();
    expect(stage.taken).toEqual([100]);
    subscription.unsubscribe();
  });

  it('does not let another in between two that hear of the same value', async () => {
    const later = new Later();
    const other = new Inbox(1);
    const stage = new Stage(1);
    const { told, observer } = heard();
    const shared = merge(fromIterable(later), other.values).pipe(share());
    const subscription = shared.pipe(stage.take()).subscribe((n) => {
      if (n === 100) stage.give(3); // it is done at once
    });
    subscription.add(shared.subscribe(observer));
    other.push(2); // for which there is no room yet
    await later.give(100);
    expect(told).toEqual(['100', '2']);
    subscription.unsubscribe();
  });
});

describe('time', () => {
  const realMs = standing.realMs;
  beforeEach(() => void (standing.realMs = () => performance.now()));
  afterEach(() => void (standing.realMs = realMs));

  it('goes to timers and I/O between values that are always there', async () => {
    const source = fromIterable(new Maker());
    const { first, values, unsubscribe } = collect(source);
    let turns = 0;
    await new Promise<void>((resolve) => {
      const turn = (): void => {
        turns += 1;
        if (turns === 5) resolve();
        else setImmediate(turn);
      };
      setImmediate(turn);
    });
    await first(1);
    expect(turns).toBe(5); // the endless loop let them all in
    unsubscribe();
    expect(values.slice(0, 3)).toEqual([0, 1, 2]);
  });

  it('goes to timers between Promises that are always settled', async () => {
    let stop = false;
    async function* always(): AsyncGenerator<number> {
      for (let n = 0; !stop; n += 1) yield n;
    }
    const { completed } = collect(fromIterable(always()));
    setImmediate(() => (stop = true));
    await completed;
  });

  it('ends an endless one that is left between two turns', async () => {
    const maker = new Maker();
    const source = fromIterable(maker);
    const first = new Promise<void>((resolve) => {
      const subscription = source.subscribe(() => void setImmediate(() => (subscription.unsubscribe(), resolve())));
    });
    await first;
    const { made } = maker;
    expect(maker.returned).toBe(1);
    await settled();
    expect(maker.made).toBe(made);
  });

  it('is shared with another endless one', async () => {
    const makers = [new Maker(), new Maker()];
    const all = makers.map((maker) => fromIterable(maker).subscribe());
    for (let i = 0; i < 6; i += 1) await settled();
    for (const subscription of all) subscription.unsubscribe();
    for (const { made } of makers) expect(made).toBeGreaterThan(0);
  });
});

it('goes through another source’s values without nesting', () => {
  const count = 20_000;
  let got = 0;
  const inbox = new Inbox<number>();
  for (const n of numbers(count)) inbox.push(n);
  inbox.values.pipe(mergeMap((n) => fromIterable([n]), 1)).subscribe(() => (got += 1));
  expect(got).toBe(count);
});
