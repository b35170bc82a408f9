import { concat, EMPTY, map, merge, mergeMap, NEVER, of, range, Subject, take, throwError } from 'rxjs';
import { fromIterable, iterate, OptionError, OverflowError } from 'rxzmq';
import { describe, expect, it, vi } from 'vitest';
import { Inbox, numbers, settled } from '../demand/stages.js';

vi.mock('../../src/rx/defaultClock.js', async () => ({
  defaultClock: (await import('../demand/stages.js')).standing, // a slow machine must not end a turn
}));

const failure = new Error('failure');

/** What a Promise has come to so far. */
async function stateOf(promise: Promise<unknown>): Promise<unknown> {
  const pending = Symbol('pending');
  const first = await Promise.race([promise.catch((error: unknown) => ({ error })), settled().then(() => pending)]);
  return first === pending ? 'pending' : first;
}

const done = { done: true, value: undefined };

describe('for await', () => {
  it.each([
    ['empty', EMPTY, []],
    ['one', of(1), [1]],
    ['many', range(0, 5000).pipe(take(900)), numbers(900)], // all at once: they wait
  ])('%s', async (_, source, expected) => {
    const values: number[] = [];
    for await (const value of iterate<number>(source)) values.push(value);
    expect(values).toEqual(expected);
  });

  it('throws the error of the source after what came before it', async () => {
    const values: number[] = [];
    const source = concat(
      of(1, 2),
      throwError(() => failure),
    );
    await expect(async () => {
      for await (const value of iterate(source)) values.push(value);
    }).rejects.toBe(failure);
    expect(values).toEqual([1, 2]);
  });

  it('waits for ever where nothing comes', async () => {
    expect(await stateOf(iterate(NEVER).next())).toBe('pending');
  });

  it.each<[string, (value: number) => void]>([
    ['break', () => undefined],
    [
      'a throw in the body',
      () => {
        throw failure;
      },
    ],
  ])('unsubscribes on %s, and reads no more', async (_, body) => {
    const inbox = new Inbox(...numbers(9));
    try {
      for await (const value of iterate(inbox.values)) {
        body(value);
        break;
      }
    } catch (error) {
      expect(error).toBe(failure);
    }
    expect(inbox.open).toBe(0);
    expect(inbox.read).toEqual([0]);
  });

  it('reads one value for each turn, and none while the body runs', async () => {
    const inbox = new Inbox(...numbers(5)).end();
    let turns = 0;
    for await (const value of iterate(inbox.values)) {
      expect(value).toBe(turns);
      turns += 1;
      expect(inbox.read).toHaveLength(turns);
      await settled();
      expect(inbox.read).toHaveLength(turns);
    }
    expect(turns).toBe(5);
    expect(inbox.open).toBe(0);
  });

  it('loses nothing of what one read expands to', async () => {
    const inbox = new Inbox(0, 1).end();
    const values: number[] = [];
    const source = inbox.values.pipe(mergeMap((n) => numbers(2000).map((i) => n * 2000 + i)));
    for await (const value of iterate(source, { maxBuffered: 1 })) {
      values.push(value);
      expect(inbox.read).toHaveLength(values.length <= 2000 ? 1 : 2);
    }
    expect(values).toEqual(numbers(4000));
  });

  it('is fair to two sources', async () => {
    const [a, b] = [new Inbox(...numbers(50)), new Inbox(...numbers(50))];
    let count = 0;
    for await (const _ of iterate(merge(a.values, b.values))) {
      count += 1;
      if (count === 40) break;
    }
    expect(a.read.length + b.read.length).toBe(40);
    expect(Math.abs(a.read.length - b.read.length)).toBeLessThanOrEqual(2);
  });
});

describe('next', () => {
  it('subscribes when it is called first', async () => {
    const inbox = new Inbox(1);
    const iterator = iterate(inbox.values);
    expect(iterator[Symbol.asyncIterator]()).toBe(iterator);
    expect(inbox.subscribed).toBe(0);
    const first = iterator.next();
    expect(inbox.subscribed).toBe(1);
    expect(await first).toEqual({ done: false, value: 1 });
    const second = iterator.next();
    expect(inbox.subscribed).toBe(1);
    expect(await stateOf(second)).toBe('pending');
    inbox.push(2);
    expect(await second).toEqual({ done: false, value: 2 });
    await iterator.return?.();
    expect(inbox.open).toBe(0);
  });

  it('may be called several times at once: so many are read, in order', async () => {
    const inbox = new Inbox<number>();
    const iterator = iterate(inbox.values);
    const turns = [iterator.next(), iterator.next(), iterator.next()];
    inbox.push(...numbers(9));
    expect(inbox.read).toEqual([0, 1, 2]);
    expect((await Promise.all(turns)).map(({ value }) => value)).toEqual([0, 1, 2]);
    expect((await iterator.next()).value).toBe(3);
    inbox.end();
    await iterator.return?.();
  });

  it('called several times at the end: one throws, the others are done', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source);
    const turns = [iterator.next(), iterator.next(), iterator.next()];
    source.next(1);
    source.error(failure);
    expect(await Promise.all(turns.map(stateOf))).toEqual([{ done: false, value: 1 }, { error: failure }, done]);
    expect(await iterator.next()).toEqual(done);
  });

  it('is done for ever once the source has completed', async () => {
    const iterator = iterate(of(1));
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    for (let i = 0; i < 3; i += 1) expect(await iterator.next()).toEqual(done);
  });

  it('ends with what waits, also when that came before somebody asked', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source);
    const first = iterator.next();
    for (const n of numbers(3)) source.next(n);
    source.error(failure);
    expect(await first).toEqual({ done: false, value: 0 });
    expect((await iterator.next()).value).toBe(1);
    expect((await iterator.next()).value).toBe(2);
    await expect(iterator.next()).rejects.toBe(failure);
    expect(await iterator.next()).toEqual(done);
  });
});

describe('what demand does not reach', () => {
  it('waits, up to `maxBuffered`; then it is an OverflowError, after what waits', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source, { maxBuffered: 2 });
    const first = iterator.next();
    for (const n of numbers(3)) source.next(n);
    expect(source.observed).toBe(true);
    source.next(3);
    expect(source.observed).toBe(false);
    expect(await first).toEqual({ done: false, value: 0 });
    expect((await iterator.next()).value).toBe(1);
    expect((await iterator.next()).value).toBe(2);
    await expect(iterator.next()).rejects.toBeInstanceOf(OverflowError);
    expect(await iterator.next()).toEqual(done);
  });

  it('may be nothing at all, while somebody waits for it', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source, { maxBuffered: 0 });
    for (const n of numbers(3)) {
      const turn = iterator.next();
      source.next(n);
      expect((await turn).value).toBe(n);
    }
    source.next(3);
    await expect(iterator.next()).rejects.toMatchObject({ code: 'ERR_OVERFLOW', limit: 0 });
  });

  it('may be 1000 without the option', async () => {
    const iterator = iterate(range(0, 1001));
    expect((await iterator.next()).value).toBe(0);
    const over = iterate(range(0, 1002));
    for (let i = 0; i <= 1000; i += 1) expect((await over.next()).value).toBe(i);
    await expect(over.next()).rejects.toBeInstanceOf(OverflowError);
  });
});

describe('return and throw', () => {
  it('end what runs: who waits is told that it is done', async () => {
    const inbox = new Inbox<number>();
    const iterator = iterate(inbox.values);
    const turns = [iterator.next(), iterator.next()];
    expect(await iterator.return?.()).toEqual(done);
    expect(await Promise.all(turns)).toEqual([done, done]);
    expect(inbox.open).toBe(0);
    expect(await iterator.next()).toEqual(done);
    expect(await iterator.return?.()).toEqual(done);
  });

  it('throw away what waits, an error that nobody has seen included', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source);
    const first = iterator.next();
    for (const n of numbers(3)) source.next(n);
    source.error(failure);
    await first;
    await iterator.return?.();
    expect(await iterator.next()).toEqual(done);
  });

  it('before the first next: nothing is ever subscribed', async () => {
    const inbox = new Inbox(1);
    const iterator = iterate(inbox.values);
    await iterator.return?.();
    expect(await iterator.next()).toEqual(done);
    expect(inbox.subscribed).toBe(0);
  });

  it('throw gives the error back', async () => {
    const inbox = new Inbox<number>();
    const iterator = iterate(inbox.values);
    const turn = iterator.next();
    await expect(iterator.throw?.(failure)).rejects.toBe(failure);
    expect(await turn).toEqual(done);
    expect(inbox.open).toBe(0);
    expect(await iterator.next()).toEqual(done);
  });

  it('are what await using does at its end', async () => {
    const inbox = new Inbox(1, 2);
    const iterator = iterate(inbox.values);
    await iterator.next();
    await iterator[Symbol.asyncDispose]();
    expect(inbox.open).toBe(0);
    expect(inbox.read).toEqual([1]);
    expect(await iterator.next()).toEqual(done);
  });
});

describe('signal', () => {
  it('ends it with its reason, once', async () => {
    const inbox = new Inbox(1, 2);
    const controller = new AbortController();
    const iterator = iterate(inbox.values, { signal: controller.signal });
    await iterator.next();
    inbox.end();
    controller.abort(failure);
    await expect(iterator.next()).rejects.toBe(failure);
    expect(await iterator.next()).toEqual(done);
    expect(inbox.open).toBe(0);
    expect(inbox.read).toEqual([1]);
  });

  it('reaches who waits, and throws away what waits', async () => {
    const controller = new AbortController();
    const source = new Subject<number>();
    const iterator = iterate(source, { signal: controller.signal });
    const turn = iterator.next();
    controller.abort();
    await expect(turn).rejects.toMatchObject({ name: 'AbortError' });
    const other = new AbortController();
    const full = iterate(source, { signal: other.signal });
    const first = full.next();
    for (const n of numbers(3)) source.next(n);
    await first;
    other.abort(failure);
    await expect(full.next()).rejects.toBe(failure);
  });

  it('aborted before the first next: nothing is ever subscribed', async () => {
    const inbox = new Inbox(1);
    const iterator = iterate(inbox.values, { signal: AbortSignal.abort(failure) });
    await expect(iterator.next()).rejects.toBe(failure);
    expect(await iterator.next()).toEqual(done);
    expect(inbox.subscribed).toBe(0);
  });

  it('aborted at the end does nothing any more, and is not listened to', async () => {
    const listening = new Set<unknown>();
    const controller = new AbortController();
    const signal = Object.assign(controller.signal, {
      addEventListener: (_: string, listener: unknown) => void listening.add(listener),
      removeEventListener: (_: string, listener: unknown) => void listening.delete(listener),
    });
    const iterator = iterate(of(1), { signal });
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    expect(listening.size).toBe(0);
    const never = iterate(NEVER, { signal });
    const turn = never.next();
    expect(listening.size).toBe(1);
    await never.return?.();
    expect(await turn).toEqual(done);
    expect(listening.size).toBe(0);
  });
});

it('refuses wrong arguments at the call', () => {
  expect(() => iterate(7 as never)).toThrow(OptionError);
  expect(() => iterate(undefined as never)).toThrow(/must be an Observable/);
  expect(() => iterate(NEVER, { maxBuffered: -1 })).toThrow(/maxBuffered/);
  expect(() => iterate(NEVER, { signal: {} as never })).toThrow(/an AbortSignal/);
  expect(() => iterate(NEVER, { sginal: undefined } as never)).toThrow(/did you mean 'signal'/);
});

it('and fromIterable are each other’s opposite', async () => {
  const made: number[] = [];
  async function* generator(): AsyncGenerator<number> {
    for (const n of numbers(20)) {
      made.push(n);
      yield n;
    }
  }
  const seen: number[] = [];
  for await (const value of iterate(fromIterable(generator()).pipe(map((n) => n * 2)))) {
    seen.push(value);
    await settled();
    expect(made.length).toBe(seen.length); // not one ahead
  }
  expect(seen).toEqual(numbers(20).map((n) => n * 2));
});
