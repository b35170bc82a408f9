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
  /** Ends the iteration when it aborts, with the signal's reason as its error. */
  readonly signal?: AbortSignal | undefined;
  /** How many values may wait that come of where demand cannot reach; one more is an `OverflowError`. @default 1000 */
  readonly maxBuffered?: number | undefined;
}

/**
 * The values of an Observable, or of what else RxJS takes for one, for `for await`. It is subscribed at the first `next`, and held back between turns: while
 * the body runs, the sockets that feed it are not read.
 *
 * **Delivery** Lossless. Nothing is read ahead but what a socket itself holds.
 * **Ends** With the source: completes, or throws its error. `break`, `return` and `throw` in the body, an abort of
 * `signal` and the end of `await using` unsubscribe.
 * ```text
 * source   -a-b------c--|
 * body      ^--   ^--  ^
 * turns     a     b    c  done
 * ```
 * **Example**
 * {@includeCode ../../examples/iterate.ts#main}
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

/** Iterables give a value when they are asked; the others are what RxJS makes of them. */
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
