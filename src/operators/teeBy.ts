import type { MonoTypeOperatorFunction, OperatorFunction } from 'rxjs';
import { operate } from '../rx/operate.js';
import { isFunction } from '../options/rules.js';
import { requireOption } from '../options/requireOption.js';
import { type Branch, TeeFlow } from './flows/TeeFlow.js';

/**
 * Feeds each value to the sink of its key, and emits it once that sink has accepted it. The first value of a key creates its sink.
 * The slowest sink holds back the source, as the key of the next value is unknown before it is read.
 *
 * **Delivery** Lossless if the sinks are. A branch that completes leaves, and the next value of its key creates another. One branch for
 * each key stays open: complete those that are no longer needed. A source that ignores back-pressure may be ahead as in {@link tee}.
 *
 * **Ends** Completes once the source has completed and all branches have drained. Error: of the source or a branch, or an exception of
 * `key` or `sink`.
 * ```text
 * source    -a-X-b----Y--|
 * branch a  -a---b-------|          small letters
 * branch X  ---X------Y----|        large ones
 * output    -a-X-b----Y----|
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/teeBy.ts#main}
 * @param key returns the key of a value
 * @param sink returns an operator such as `toPush(...)`, or a pipe of operators, for a key
 * @throws OptionError at the call
 * @see `groupBy` of RxJS: consumers inside its groups do not hold back the source
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
        flow.feed(value, governed, (branches.get(of) ?? open(of)).feeds);
      },
      complete: () => flow.complete(),
      hasRoom: () => flow.hasRoom(),
      finalize: () => flow.finalize(),
    };
  });
}
