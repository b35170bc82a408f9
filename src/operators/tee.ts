import type { MonoTypeOperatorFunction, OperatorFunction } from 'rxjs';
import { OptionError } from '../errors.js';
import { operate } from '../rx/operate.js';
import { isFunction } from '../options/rules.js';
import { describe } from '../basics/describe.js';
import { TeeFlow } from './flows/TeeFlow.js';

/**
 * Feeds each value to several sinks, and emits it once all of them have accepted it. The slowest sink holds back the source.
 *
 * **Delivery** Lossless if the sinks are: each gets every value. A branch that completes leaves the tee. A source that ignores
 * back-pressure may be up to 1000 values ahead of a branch, or as many as that branch queues if these are fewer; one more is an
 * `OverflowError`. `bounded(n)` above it queues more.
 *
 * **Ends** Completes once the source has completed and all branches have drained. An error of a branch ends everything.
 * ```text
 * source    -a-b------c----|
 * branch 1  -a-b------c----|
 * branch 2  -a------b---c----|      busy with a for long: b waits, and c is not read before
 * output    -a------b---c----|
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/tee.ts#main}
 * @param sinks operators such as `toPush(...)`, or pipes of operators
 * @throws OptionError at the call, if a sink is not an operator
 * @see {@link teeBy}, which gives each value to one of them; `share` of RxJS, where only the first consumer holds the source back
 */
export function tee<T>(...sinks: readonly OperatorFunction<T, unknown>[]): MonoTypeOperatorFunction<T> {
  for (const sink of sinks) {
    if (isFunction(sink) === undefined) continue;
    throw new OptionError('sinks', sink, `tee: each sink must be an operator, got ${describe(sink)}`);
  }
  return operate<T, T>((out, gate) => {
    const flow = new TeeFlow<T>('tee', out, gate);
    for (const sink of sinks) flow.branch(sink);
    return flow;
  });
}
