import { isObservable, type Observable } from 'rxjs';
import { MAX_BUFFERED } from '../demand/overflow.js';
import { OptionError } from '../errors.js';
import { Iteration } from '../rx/Iteration.js';
import { checkOptions, isInteger, type Rule } from '../options/rules.js';
import { describe } from '../basics/describe.js';
import { requireRealTime } from '../time/VirtualTime.js';

/** Options of {@link iterate}. */
export interface IterateOptions {
  /** Ends the iteration when it aborts, with the signal's reason as its error. */
  readonly signal?: AbortSignal | undefined;
  /** How many values may wait that come of where demand cannot reach; one more is an `OverflowError`. @default 1000 */
  readonly maxBuffered?: number | undefined;
}

const isSignal: Rule = (value) =>
  typeof (value as Partial<AbortSignal> | null)?.addEventListener === 'function' ? undefined : 'an AbortSignal';

/**
 * The values of an Observable for `for await`. It is subscribed at the first `next`, and held back between turns: while
 * the body runs, the sockets that feed it are not read.
 *
 * **Delivery** Lossless. Nothing is read ahead but what a socket itself holds.
 * **Ends** With the Observable: completes, or throws its error. `break`, `return` and `throw` in the body, an abort of
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
  source: Observable<T>,
  options: IterateOptions = {},
): AsyncIterableIterator<T, undefined> & AsyncDisposable {
  if (!isObservable(source)) {
    throw new OptionError('source', source, `iterate: the source must be an Observable, got ${describe(source)}`);
  }
  requireRealTime('iterate');
  checkOptions('iterate', options, { signal: isSignal, maxBuffered: isInteger(0) });
  return new Iteration(source, options.signal, options.maxBuffered ?? MAX_BUFFERED);
}
