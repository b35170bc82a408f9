import type { MonoTypeOperatorFunction } from 'rxjs';
import { UnsupportedError } from '../errors.js';
import { operate } from '../rx/operate.js';
import { AnimatedFlow } from './flows/AnimatedFlow.js';

/**
 * At most one value each animation frame, the newest that came: what a page draws. It has no room while a value waits for its
 * frame, nor while the page is hidden, so that the source is not read then.
 *
 * Under {@link fromSub} with `conflate` a gateway sends no more than is drawn. A source that is not held back is thinned out.
 *
 * **Delivery** Keeps latest: a value that a newer one overtakes before its frame is dropped.
 *
 * **Ends** Completes once the source has and its last value was drawn. An error of the source passes at once.
 * ```text
 * source   -abc--d-----|
 * frames   ----1----2----3
 * output   ----c----d--|
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/animated.ts#main}
 * @throws UnsupportedError when it is subscribed where there are no animation frames, as on Node
 * @see {@link latest}, for a consumer that goes by its own pace
 * @see {@link fresh}, which skips what waited while the page slept
 */
export function animated<T>(): MonoTypeOperatorFunction<T> {
  return operate<T, T>((out, gate) => {
    if (typeof (globalThis as { requestAnimationFrame?: unknown }).requestAnimationFrame !== 'function')
      throw new UnsupportedError('animated: there are no animation frames here; a page or its worker has them');
    return new AnimatedFlow<T>(out, gate);
  });
}
