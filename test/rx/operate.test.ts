import {
  asyncScheduler,
  concat,
  EMPTY,
  type Observer,
  NEVER,
  observeOn,
  of,
  range,
  Subject,
  take,
  tap,
  throwError,
} from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { type Handlers, operate } from '../../src/rx/operate.js';

/** Passes everything on, unless told otherwise. */
const passing = (special: (out: Observer<number>) => Partial<Handlers<number>> = () => ({})) =>
  operate<number, number>((out) => ({
    next: (value) => out.next(value),
    complete: () => out.complete(),
    hasRoom: () => true,
    ...special(out),
  }));

/** What a subscriber was told, as text. */
function observed() {
  const told: string[] = [];
  return {
    told,
    observer: {
      next: (value: number) => void told.push(`${value}`),
      error: (error: unknown) => void told.push(`error ${(error as Error).message}`),
      complete: () => void told.push('complete'),
    },
  };
}

const failure = new Error('failure');

describe('operate', () => {
  it('passes values and completion on', () => {
    const { told, observer } = observed();
    range(1, 3).pipe(passing()).subscribe(observer);
    expect(told).toEqual(['1', '2', '3', 'complete']);
  });

  it.each([
    ['never', NEVER, []],
    ['empty', EMPTY, ['complete']],
    ['one', of(1), ['1', 'complete']],
    [
      'an error',
      concat(
        of(1),
        throwError(() => failure),
      ),
      ['1', 'error failure'],
    ],
  ])('with %s', (_, source, expected) => {
    const { told, observer } = observed();
    source.pipe(passing()).subscribe(observer).unsubscribe();
    expect(told).toEqual(expected);
  });

  it('pulls no more of a synchronous source than take asks for', () => {
    let pulled = 0;
    range(0, 1_000_000)
      .pipe(
        tap(() => (pulled += 1)),
        passing(),
        take(3),
      )
      .subscribe();
    expect(pulled).toBe(3);
  });

  it('unsubscribes from its source with its consumer, after completion and after an error', () => {
    const source = new Subject<number>();
    const subscription = source.pipe(passing()).subscribe();
    expect(source.observed).toBe(true);
    subscription.unsubscribe();
    expect(source.observed).toBe(false);
    source.pipe(passing(), take(1)).subscribe();
    source.next(1);
    expect(source.observed).toBe(false);
  });

  it('keeps its state in each subscription', () => {
    const counting = operate<string, number>((out) => {
      let count = 0;
      return { next: () => out.next((count += 1)), complete: () => out.complete(), hasRoom: () => true };
    });
    const counts: number[] = [];
    of('a', 'b')
      .pipe(counting)
      .subscribe((count) => counts.push(count));
    of('c')
      .pipe(counting)
      .subscribe((count) => counts.push(count));
    expect(counts).toEqual([1, 2, 1]);
  });
});

describe('what a handler throws goes to the consumer', () => {
  const thrower = (): never => {
    throw failure;
  };

  it.each<[string, Partial<Handlers<number>>, string[]]>([
    ['next', { next: thrower }, ['error failure']],
    ['complete', { complete: thrower }, ['1', '2', 'error failure']],
  ])('from %s', (_, handlers, expected) => {
    const { told, observer } = observed();
    const finalized = vi.fn();
    const source = of(1, 2);
    source.pipe(passing(() => ({ ...handlers, finalize: finalized }))).subscribe(observer);
    expect(told).toEqual(expected);
    expect(finalized).toHaveBeenCalledTimes(1);
  });

  it('from next, and its source is left', () => {
    const source = new Subject<number>();
    source.pipe(passing(() => ({ next: thrower }))).subscribe({ error: () => undefined });
    source.next(1);
    expect(source.observed).toBe(false);
  });

  it('from error, in place of the error that it was told', () => {
    const { told, observer } = observed();
    throwError(() => new Error('first'))
      .pipe(passing(() => ({ error: thrower })))
      .subscribe(observer);
    expect(told).toEqual(['error failure']);
  });

  it('from the start', () => {
    const { told, observer } = observed();
    of(1).pipe(operate<number, number>(thrower)).subscribe(observer);
    expect(told).toEqual(['error failure']);
  });
});

describe('the error handler', () => {
  it('may give a value instead', () => {
    const { told, observer } = observed();
    concat(
      of(1),
      throwError(() => failure),
    )
      .pipe(
        passing((out) => ({
          error: () => {
            out.next(-1);
            out.complete();
          },
        })),
      )
      .subscribe(observer);
    expect(told).toEqual(['1', '-1', 'complete']);
  });
});

describe('finalize is called once', () => {
  it.each([
    ['on completion', of(1)],
    ['on an error', throwError(() => failure)],
    ['on take', range(0, 100).pipe(observeOn(asyncScheduler))],
    ['on unsubscribing', NEVER],
  ])('%s', async (_, source) => {
    const finalize = vi.fn();
    await new Promise<void>((resolve) => {
      const subscription = source
        .pipe(
          passing(() => ({ finalize })),
          take(2),
        )
        .subscribe({ error: () => undefined });
      subscription.add(resolve);
      if (source === NEVER) subscription.unsubscribe();
      subscription.add(() => subscription.unsubscribe());
    });
    expect(finalize).toHaveBeenCalledTimes(1);
  });
});

it('lets complete wait: the source is left, the consumer hears later', () => {
  const { told, observer } = observed();
  let finish = () => undefined as void;
  const finalize = vi.fn();
  of(1)
    .pipe(
      operate<number, number>((out) => ({
        next: (value) => out.next(value),
        complete: () => (finish = () => out.complete()),
        hasRoom: () => true,
        finalize,
      })),
    )
    .subscribe(observer);
  expect(told).toEqual(['1']);
  expect(finalize).not.toHaveBeenCalled();
  finish();
  expect(told).toEqual(['1', 'complete']);
  expect(finalize).toHaveBeenCalledTimes(1);
});
