import { concat, type Observable, range, startWith } from 'rxjs';
import { expect, vi } from 'vitest';
import { arriving, type Feed, type MakeFeed, plain, stored } from './feeds.js';
import { SlowConsumer } from './SlowConsumer.js';

type Source = Observable<number>;
export type Build = (a: Source, b: Source) => Observable<unknown>;

/** How a line of the table is proved. */
export type Proof = () => Promise<void>;

const COUNT = 40;
const SECOND = 1000; // where the values of the second source begin

export const numbers = (count: number, first = 0): number[] => Array.from({ length: count }, (_, i) => first + i);
export const pass = async (ms: number): Promise<void> => void (await vi.advanceTimersByTimeAsync(ms));

function feeds(make: MakeFeed, count = COUNT): { a: Feed; b: Feed; readonly reads: number } {
  const [a, b] = [make(numbers(count)), make(numbers(count, SECOND))];
  return {
    a,
    b,
    get reads() {
      return a.reads + b.reads;
    },
  };
}

/** What the same operators give where nobody is ever slow. */
async function plainly(build: Build): Promise<unknown[]> {
  const values: unknown[] = [];
  const { a, b } = feeds(plain);
  const subscription = build(a.source, b.source).subscribe({ next: (value) => values.push(value), error: () => 0 });
  await pass(1000);
  subscription.unsubscribe();
  return values;
}

interface Passing {
  /** How many values are read by the time the consumer has had room for so many. */
  readonly reads?: (room: number) => number;
  /** The same as a limit, where whose turn it is makes a difference. */
  readonly atMost?: (room: number) => number;
  /** Two sources take turns, and only each alone is in order. */
  readonly interleaved?: boolean;
  readonly feeds?: readonly MakeFeed[];
}

const bySource = (values: readonly unknown[]): unknown[] => [
  ...values.filter((value) => (value as number) < SECOND),
  ...values.filter((value) => (value as number) >= SECOND),
];

/** The source is read exactly as far as the consumer has room for; then all of it arrives once and in order. */
export function passes(build: Build, { reads = (room) => room, atMost, ...more }: Passing = {}): Proof {
  return async () => {
    const wanted = await plainly(build);
    for (const make of more.feeds ?? [stored, arriving(1)]) {
      const fed = feeds(make);
      const consumer = new SlowConsumer({ maxBuffered: 0 });
      consumer.consume(build(fed.a.source, fed.b.source));
      await pass(200); // a long stall

      expect(consumer.started.length).toBe(Math.min(4, wanted.length)); // it starves for nothing
      for (let room = 4; room < wanted.length; room += 1) {
        if (atMost) expect(fed.reads).toBeLessThanOrEqual(atMost(room));
        else expect(fed.reads).toBe(reads(room));
        expect(consumer.started.length).toBe(room);
        consumer.finish();
        await pass(10);
      }
      while (consumer.finish()) await pass(10);
      expect(consumer.error).toBeUndefined();
      expect(consumer.completed).toBe(true);
      if (more.interleaved) expect(bySource(consumer.done)).toEqual(bySource(wanted));
      else expect(consumer.done).toEqual(wanted);
    }
  };
}

/** The source is read until the operator knows enough, whatever room there is, but not a value more. */
export function readsOnly(inAll: number, build: Build): Proof {
  return async () => {
    const wanted = await plainly(build);
    for (const make of [stored, arriving(1)]) {
      const fed = feeds(make);
      const consumer = new SlowConsumer();
      consumer.consume(build(fed.a.source, fed.b.source));
      await pass(200);
      while (consumer.finish());

      expect(consumer.done).toEqual(wanted);
      expect(consumer.completed).toBe(true);
      expect(fed.reads).toBe(inAll);
    }
  };
}

/** Nothing is read while the consumer is full; with room for one value, all is, since nothing comes before the end. */
export function readsToTheEnd(build: Build, inAll = COUNT): Proof {
  return async () => {
    const wanted = await plainly(build);
    for (const make of [stored, arriving(1)]) {
      const fed = feeds(make);
      const consumer = new SlowConsumer({ maxBuffered: 0 });
      const { concurrency } = consumer; // full of other things first
      consumer.consume(build(fed.a.source, fed.b.source).pipe(startWith(...numbers(concurrency, -concurrency))));
      await pass(200);

      expect(fed.reads).toBe(0);
      consumer.finish();
      await pass(10);
      expect(fed.reads).toBe(inAll);
      while (consumer.finish()) await pass(10);
      expect(consumer.done.slice(consumer.concurrency)).toEqual(wanted);
      expect(consumer.completed).toBe(true);
    }
  };
}

/** The source is read on while the consumer is stalled, and the consumer ends with an `OverflowError`. */
export function overflows(build: Build): Proof {
  return async () => {
    const fed = feeds(stored, 200);
    const consumer = new SlowConsumer({ maxBuffered: 50 });
    consumer.consume(build(fed.a.source, fed.b.source));
    await pass(2000);

    expect(consumer.error).toMatchObject({ code: 'ERR_OVERFLOW', limit: 50 });
    expect(fed.reads).toBeGreaterThanOrEqual(4 + 50);
    expect(consumer.started.length).toBe(4);
  };
}

/** The source runs to its end while the consumer is stalled, and the operator keeps it all: nothing tells of it. */
export function hoards(build: Build, maxBuffered = 5): Proof {
  return async () => {
    const fed = feeds(stored, 200);
    const consumer = new SlowConsumer({ maxBuffered });
    consumer.consume(build(fed.a.source, fed.b.source));
    await pass(20);

    expect(fed.reads).toBe(200);
    expect(consumer.started.length).toBeLessThanOrEqual(4);
    while (!consumer.completed && consumer.error === undefined) {
      consumer.finish();
      await pass(10);
    }
    expect(consumer.error).toBeUndefined();
    expect(consumer.done.length).toBe(200);
  };
}

/** The source is read while there is room, and what is not wanted is left out; while there is none, it is held. */
export function thinsOut(build: Build, everyMs: number): Proof {
  return async () => {
    const fed = feeds(arriving(everyMs), 2000);
    const consumer = new SlowConsumer({ maxBuffered: 1 }); // one may come late
    consumer.consume(build(fed.a.source, fed.b.source));
    await pass(200 * everyMs);
    const { reads } = fed;

    expect(consumer.started.length).toBe(4);
    expect(reads).toBeLessThan(100);
    await pass(100 * everyMs);
    expect(fed.reads).toBe(reads); // held
    for (let i = 0; i < 10; i += 1) {
      consumer.finish();
      await pass(20 * everyMs);
    }
    expect(consumer.error).toBeUndefined();
    expect(consumer.started.length).toBe(14); // and on
    const sorted = [...(consumer.started as number[])].sort((one, other) => one - other);
    expect(consumer.started).toEqual([...new Set(sorted)]);
  };
}

/** Nothing holds it back: as many values as it has come at once, and more than `maxBuffered` are an `OverflowError`. */
export function asksNobody(build: () => Observable<unknown>, emit: () => void = () => undefined): Proof {
  return async () => {
    const consumer = new SlowConsumer({ maxBuffered: 50 });
    consumer.consume(build());
    for (let i = 0; i < 100; i += 1) emit();
    await pass(2000);

    expect(consumer.error).toMatchObject({ code: 'ERR_OVERFLOW', limit: 50 });
    expect(consumer.started.length).toBe(4);
  };
}

/** A source that stands behind another one, in a stall that had begun before: one value ahead, then held. */
export function oneAhead(build: (a: Source) => Observable<unknown>): Proof {
  return async () => {
    for (const make of [stored, arriving(1)]) {
      const fed = feeds(make);
      const consumer = new SlowConsumer({ maxBuffered: 0 });
      consumer.consume(concat(range(-consumer.concurrency, consumer.concurrency), build(fed.a.source)));
      await pass(200);

      expect(fed.reads).toBe(1);
      while (!consumer.completed) {
        expect(consumer.error).toBeUndefined();
        consumer.finish();
        await pass(10);
      }
      expect(fed.reads).toBe(COUNT);
    }
  };
}
