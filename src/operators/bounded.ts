import type { MonoTypeOperatorFunction } from 'rxjs';
import { BufferFlow, type BufferPolicy } from './flows/BufferFlow.js';
import { operate } from '../rx/operate.js';
import { isInteger, isOneOf } from '../options/rules.js';
import { requireOption } from '../options/requireOption.js';

/**
 * A buffer of `size` values between a source that ignores back-pressure and a consumer that is slower.
 *
 * **Delivery** Lossless up to `size` values; then `policy` decides: an error, drops oldest, or drops newest. A source that respects
 * back-pressure is held back instead, and nothing is dropped.
 *
 * **Ends** Completes once the source has completed and the buffer is empty. An error of the source passes at once.
 * ```text
 * source   -abcd------e->
 * ready    -1-----1-1---1
 * output   -a-----c-d-e->      size 2, 'drop-oldest'
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/bounded.ts#main}
 * @param size how many values it holds, from 1
 * @param policy what to do with one more @default 'error'
 * @throws OptionError at the call
 * @see {@link latest}, for a display that needs only the newest value
 */
export function bounded<T>(size: number, policy: BufferPolicy = 'error'): MonoTypeOperatorFunction<T> {
  requireOption('bounded', 'size', size, isInteger(1));
  requireOption('bounded', 'policy', policy, isOneOf('error', 'drop-oldest', 'drop-newest'));
  const settings = { size, policy, holdsBack: true };
  return operate<T, T>((out, gate) => new BufferFlow<T>(settings, out, gate), { joins: false });
}
