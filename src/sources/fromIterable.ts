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
  /** The demand to ask before each value; `null`: none. @default that of the consumer that is found at subscription */
  readonly demand?: Demand | null | undefined;
}

/**
 * The values of an iterable or async iterable (a generator, a file, a Node stream), each requested only when the consumer is
 * ready for it.
 *
 * **Delivery** Lossless. Without a consumer that announces demand, values are emitted as fast as they are produced; timers and
 * I/O get their turns in between.
 *
 * **Ends** Completes when the iterable is done, errors when it throws. Unsubscribing calls its `return`; while a value is
 * awaited, it destroys a Node stream and cancels a web stream. An async generator that awaits something ends only when it has
 * the result: pass it an `AbortSignal` if that may take long.
 * ```text
 * iterable  abcdef|
 * room      1---1---1------1-1-1
 * output    a---b---c------d-e-(f|)
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/fromIterable.ts#main}
 *
 * @param iterable an array, a generator, a Node or web stream, anything that `for await` reads
 * @param options which demand it asks
 * @throws OptionError at the call, unless it can be iterated
 * @see `from` of RxJS, which knows no back-pressure
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
