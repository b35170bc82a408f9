import type { MonoTypeOperatorFunction, OperatorFunction } from 'rxjs';
import { operate } from '../rx/operate.js';
import { isFunction } from '../options/rules.js';
import { requireOption } from '../options/requireOption.js';
import { type Branch, TeeFlow } from './flows/TeeFlow.js';

/**
 * Feeds each value to the sink of its key, which is made for the first value of that key, and emits it once that sink took it.
 * The slowest sink holds the source back: nobody knows whose the next value is before it is read.
 *
 * **Delivery** Lossless, as far as the sinks are. A branch that completes leaves, and the next value of its key makes another.
 * As many branches stay open as there are keys: let those end that are not needed any more. What comes of where demand cannot
 * reach may wait as in {@link tee}.
 * **Ends** Completes once the source has and all branches have drained. Error: of the source or a branch, or what `key` or
 * `sink` throws.
 * ```text
 * source    -a-X-b----Y--|
 * branch a  -a---b-------|          small letters
 * branch X  ---X------Y----|        large ones
 * output    -a-X-b----Y----|
 * ```
 * **Example**
 * {@includeCode ../../examples/teeBy.ts#main}
 * @param key tells where a value belongs
 * @param sink makes an operator such as `toPush(...)`, or a pipe of operators, for a key
 * @throws OptionError at the call
 * @see `groupBy` of RxJS: consumers inside its groups do not hold the source back
 */
export function teeBy<T, K>(
  key: (value: T) => K,
  sink: (key: K) => OperatorFunction<T, unknown>,
): MonoTypeOperatorFunction<T> {
  requireOption('teeBy', 'key', key, isFunction);
  requireOption('teeBy', 'sink', sink, isFunction);
  return operate<T, T>((out, gate) => {
    const flow = new TeeFlow<T>('teeBy', out, gate);
    const branches = new Map<K, Branch<T>>();
    const open = (of: K): Branch<T> => {
      let hasEnded = false;
      const branch = flow.branch(
        (feed) => sink(of)(feed),
        () => {
          hasEnded = true;
          branches.delete(of);
        },
      );
      if (!hasEnded) branches.set(of, branch);
      return branch;
    };
    return {
      next(value, governed) {
        const of = key(value);
        flow.feed(value, governed, branches.get(of) ?? open(of));
      },
      complete: () => flow.complete(),
      hasRoom: () => flow.hasRoom(),
      finalize: () => flow.finalize(),
    };
  });
}
