import type { MonoTypeOperatorFunction } from 'rxjs';
import { BufferFlow } from './flows/BufferFlow.js';
import { operate } from '../rx/operate.js';

/**
 * Emits the newest value whenever the consumer is ready, as a display needs it. It never holds back the source.
 *
 * **Delivery** Keeps latest: a newer value replaces one that the consumer has not taken yet.
 *
 * **Ends** Completes once the source has completed and the consumer has taken its last value. An error of the source passes at once.
 * ```text
 * source   -a-b-c-d-e----f->
 * ready    -1-------1------1
 * output   -a-------e----f->
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/latest.ts#main}
 * @see {@link bounded}, which keeps more than one
 */
export function latest<T>(): MonoTypeOperatorFunction<T> {
  const settings = { size: 1, policy: 'drop-oldest', holdsBack: false } as const;
  return operate<T, T>((out, gate) => new BufferFlow<T>(settings, out, gate), { joins: false });
}
