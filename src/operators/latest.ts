import type { MonoTypeOperatorFunction } from 'rxjs';
import { BufferFlow } from './flows/BufferFlow.js';
import { operate } from '../rx/operate.js';

/**
 * The newest value whenever the consumer has room, nothing older: what a display needs. The source is never held back.
 *
 * **Delivery** Keeps latest: a value that a newer one overtakes before there is room is dropped.
 * **Ends** Completes once the source has and its last value was taken. An error of the source passes at once.
 * ```text
 * source   -a-b-c-d-e----f->
 * room     -1-------1------1
 * output   -a-------e----f->
 * ```
 * **Example**
 * {@includeCode ../../examples/latest.ts#main}
 * @see {@link bounded}, which keeps some more
 */
export function latest<T>(): MonoTypeOperatorFunction<T> {
  const settings = { size: 1, policy: 'drop-oldest', holdsBack: false } as const;
  return operate<T, T>((out, gate) => new BufferFlow<T>(settings, out, gate), { joins: false });
}
