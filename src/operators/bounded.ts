import type { MonoTypeOperatorFunction } from 'rxjs';
import { BufferFlow, type BufferPolicy } from './flows/BufferFlow.js';
import { operate } from '../rx/operate.js';
import { isInteger, isOneOf } from '../options/rules.js';
import { requireOption } from '../options/requireOption.js';

/**
 * A buffer of `size` values between what comes too fast, from where demand cannot reach, and a consumer that has demand.
 *
 * **Delivery** Lossless up to `size` values; then an error, or drops oldest, or drops newest, as `policy` says. A source
 * that asks for room is held back instead, and nothing is dropped.
 * **Ends** Completes once the source has and the buffer is empty. An error of the source passes at once.
 * ```text
 * source   -abcd------e->
 * room     -1-----1-1---1
 * output   -a-----c-d-e->      size 2, 'drop-oldest'
 * ```
 * **Example**
 * {@includeCode ../../examples/bounded.ts#main}
 * @param size how many values may wait, from 1
 * @param policy what happens to one more @default 'error'
 * @throws OptionError at the call
 * @see {@link latest}, for a display that wants the newest only
 */
export function bounded<T>(size: number, policy: BufferPolicy = 'error'): MonoTypeOperatorFunction<T> {
  requireOption('bounded', 'size', size, isInteger(1));
  requireOption('bounded', 'policy', policy, isOneOf('error', 'drop-oldest', 'drop-newest'));
  const settings = { size, policy, holdsBack: true };
  return operate<T, T>((out, gate) => new BufferFlow<T>(settings, out, gate), { joins: false });
}
