import { from, type Observable, type ObservableInput } from 'rxjs';
import { MAX_BUFFERED } from '../demand/overflow.js';
import { OptionError } from '../errors.js';
import { Iteration } from '../rx/Iteration.js';
import { observableOf } from '../rx/observableOf.js';
import { checkOptions, isInteger, isSignal } from '../options/rules.js';
import { describe } from '../basics/describe.js';
import { requireRealTime } from '../time/VirtualTime.js';
import { fromIterable } from '../sources/fromIterable.js';

/** Options of {@link iterate}. */
export interface IterateOptions {
  /** Aborting it ends the iteration; the reason of the signal is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** How many values may be queued from a source that ignores back-pressure; one more is an `OverflowError`. @default 1000 */
  readonly maxBuffered?: number | undefined;
}

/**
 * The values of an Observable, or of anything that RxJS converts to one, for `for await`. It subscribes at the first `next`, and holds
 * back the source between turns: while the body of the loop runs, the sockets above are not read.
 *
 * **Delivery** Lossless. Only the queues of the sockets hold values ahead.
 *
 * **Ends** With the source: completes, or throws its error. `break`, `return` and `throw` in the body, aborting `signal`, and the end of
 * `await using` unsubscribe.
 * ```text
 * source   -a-b------c--|
 * body      ^--   ^--  ^
 * turns     a     b    c  done
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/iterate.ts#main}
 *
 * @param source an Observable, a Promise or an iterable
 * @param options a signal that ends it, and how many values may be queued
 * @throws OptionError at the call
 * @see {@link fromIterable}, the other direction
 */
export function iterate<T>(
  source: ObservableInput<T>,
  options: IterateOptions = {},
): AsyncIterableIterator<T, undefined> & AsyncDisposable {
  requireRealTime('iterate');
  checkOptions('iterate', options, { signal: isSignal, maxBuffered: isInteger(0) });
  return new Iteration(observe(source), options.signal, options.maxBuffered ?? MAX_BUFFERED);
}

/** Iterables are read on demand; RxJS converts everything else. */
function observe<T>(source: ObservableInput<T>): Observable<T> {
  const observable = observableOf(source);
  if (observable) return observable as Observable<T>;
  if (isIterable(source)) return fromIterable(source);
  try {
    return from(source);
  } catch {
    const text = `iterate: the source must be an Observable, a Promise or an iterable, got ${describe(source)}`;
    throw new OptionError('source', source, text);
  }
}

function isIterable<T>(source: unknown): source is Iterable<T> | AsyncIterable<T> {
  const { [Symbol.iterator]: plain, [Symbol.asyncIterator]: later } = Object(source) as Partial<
    Iterable<T> & AsyncIterable<T>
  >;
  return typeof plain === 'function' || typeof later === 'function';
}
