import { Observable } from 'rxjs';
import type { Demand } from '../demand/types.js';
import { OptionError } from '../errors.js';
import { defaultClock } from '../rx/defaultClock.js';
import { IterableReader } from '../rx/IterableReader.js';
import { checkOptions, isDemand } from '../options/rules.js';
import { Outlet } from '../rx/Outlet.js';
import { describe } from '../basics/describe.js';

/** Options of {@link fromIterable}. */
export interface FromIterableOptions {
  /** Whose room is asked before each value; `null`: nobody's. @default the consumer's that is found when it is subscribed */
  readonly demand?: Demand | null | undefined;
}

/**
 * The values of an iterable or async iterable (a generator, a file, a Node stream), each asked for only when there is
 * room for it.
 *
 * **Delivery** Lossless. Without a consumer that has demand below, values come as fast as they are made; timers and I/O
 * have their turns between them.
 * **Ends** Completes when the iterable is done, errors when it throws. Unsubscribing calls its `return`; while a value is
 * awaited, it destroys a Node stream and cancels a web stream. An async generator that awaits something ends only once it has
 * that: hand it an `AbortSignal` where that may take long.
 * ```text
 * iterable  abcdef|
 * room      1---1---1------1-1-1
 * output    a---b---c------d-e-(f|)
 * ```
 * **Example**
 * {@includeCode ../../examples/fromIterable.ts#main}
 * @throws OptionError at the call, unless it can be iterated
 * @see `from` of RxJS, which asks nobody
 */
export function fromIterable<T>(
  iterable: Iterable<T> | AsyncIterable<T>,
  options: FromIterableOptions = {},
): Observable<T> {
  checkOptions('fromIterable', options, { demand: isDemand });
  const { [Symbol.iterator]: plain, [Symbol.asyncIterator]: later } = Object(iterable) as Partial<
    Iterable<T> & AsyncIterable<T>
  >;
  if (iterable === null || iterable === undefined || (typeof plain !== 'function' && typeof later !== 'function')) {
    throw new OptionError('iterable', iterable, `fromIterable: ${describe(iterable)} cannot be iterated`);
  }
  const self: Observable<T> = new Observable<T>((subscriber) => {
    const out = Outlet.of(subscriber, self, options.demand);
    const reader = new IterableReader<T>(iterable, out, defaultClock);
    reader.start();
    return () => reader.close();
  });
  return self;
}
