import { map, of } from 'rxjs';
import * as one from 'rxzmq';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { numbers, settled } from './stages.js';

vi.mock('../../src/rx/defaultClock.js', async () => ({
  defaultClock: (await import('./stages.js')).standing, // a slow machine must not end a turn
}));

let two: typeof one;

beforeAll(async () => {
  vi.resetModules(); // as ESM beside CommonJS, or two versions
  two = await import('rxzmq');
});

it('are two', () => {
  expect(two.fromIterable).not.toBe(one.fromIterable);
  expect(two.OverflowError).not.toBe(one.OverflowError);
});

describe.each([
  ['one', 'the other', () => [one, two] as const],
  ['the other', 'one', () => [two, one] as const],
])('a source of %s copy and a consumer of %s', (_, _other, copies) => {
  it('understand each other', async () => {
    const [above, below] = copies();
    const ends: (() => void)[] = [];
    let made = 0;
    function* values(): Generator<number> {
      while (made < 100) yield made++;
    }
    const results: number[] = [];
    const subscription = above
      .fromIterable(values())
      .pipe(
        map((n) => n * 2),
        below.pacedMap((n) => new Promise<number>((resolve) => ends.push(() => resolve(n))), { concurrency: 2 }),
      )
      .subscribe((n) => results.push(n));
    await settled();
    expect(made).toBe(2);
    ends[0]!();
    await settled();
    expect(made).toBe(3);
    expect(results).toEqual([0]);
    subscription.unsubscribe();
  });

  it('know what was asked for: it is no overflow', () => {
    const [above, below] = copies();
    const failed = vi.fn();
    const subscription = above
      .fromIterable([1])
      .pipe(
        map(() => numbers(2000)),
        above.pacedMap((values) => values),
        below.pacedMap(() => new Promise<never>(() => undefined), { maxBuffered: 0 }),
      )
      .subscribe({ error: failed });
    expect(failed).not.toHaveBeenCalled();
    subscription.unsubscribe();
  });

  it('share what is current, and what is hidden', () => {
    const [above, below] = copies();
    let found: unknown;
    let hidden: unknown;
    of(1)
      .pipe(
        below.pacedMap(() => {
          found = above.demand();
          hidden = above.untracked(() => below.demand());
          return [];
        }),
        below.latest(),
      )
      .subscribe();
    expect(found).toBeDefined();
    expect(hidden).toBeUndefined();
  });

  it('never nest in each other', async () => {
    const [above, below] = copies();
    let depth = 0;
    let deepest = 0;
    const count = 20_000;
    const done: number[] = [];
    const subscription = above
      .fromIterable(numbers(count))
      .pipe(
        below.pacedMap((n) => {
          depth += 1;
          deepest = Math.max(deepest, depth);
          const result = above.fromIterable([n]);
          depth -= 1;
          return result;
        }),
        above.pacedMap((n) => below.fromIterable([n])),
      )
      .subscribe((n) => done.push(n));
    await vi.waitFor(() => expect(done).toHaveLength(count), { timeout: 240_000 });
    expect(done).toEqual(numbers(count));
    expect(deepest).toBe(1);
    subscription.unsubscribe();
  });
});
