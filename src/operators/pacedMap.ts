import type { ObservableInput, ObservedValueOf, OperatorFunction } from 'rxjs';
import { MAX_BUFFERED } from '../demand/overflow.js';
import { checkOptions, isBoolean, isDemand, isEither, isFunction, isInfinity, isInteger } from '../options/rules.js';
import type { OperateOptions } from '../rx/operate.js';
import { operate } from '../rx/operate.js';
import { PacedFlow } from './flows/PacedFlow.js';
import { requireOption } from '../options/requireOption.js';

/** Options of {@link pacedMap}. */
export interface PacedMapOptions extends Pick<OperateOptions, 'demand'> {
  /** How many inner streams may run at the same time, including those whose results wait for their turn; `Infinity`: any number. @default 1 */
  readonly concurrency?: number | undefined;
  /** `true`: results keep the order of their inputs; `false`: they are emitted as they arrive. @default true */
  readonly ordered?: boolean | undefined;
  /** How many values may be queued from a source that ignores back-pressure; one more is an `OverflowError`. @default 1000 */
  readonly maxBuffered?: number | undefined;
}

const rules = {
  concurrency: isEither(isInteger(1), isInfinity),
  ordered: isBoolean,
  maxBuffered: isInteger(0),
  demand: isDemand,
};

/**
 * A `mergeMap` that holds its source back: while `concurrency` inner streams run, the sockets that feed it are not read.
 *
 * **Delivery** Lossless. Holds `concurrency` values, and up to `maxBuffered` more from a source that ignores back-pressure.
 *
 * **Ends** Completes once its source and all inner streams have completed. Error: of the source, of an inner stream, an exception of
 * `project`, or an `OverflowError`.
 * ```text
 * source   -a-b-c---------d->    would have c at once; it is read when a is done
 * project   A---|  B-|
 * output   -----A----B------>    concurrency 2, ordered: B was ready first
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/pacedMap.ts#main}
 * @param project returns a Promise, an Observable or an iterable for each value
 * @param options how many inner streams run at a time, and whether results keep the order of the source
 * @throws OptionError at the call
 * @see `mergeMap` of RxJS, which never holds back its source
 */
export function pacedMap<T, O extends ObservableInput<unknown>>(
  project: (value: T, index: number) => O,
  options: PacedMapOptions = {},
): OperatorFunction<T, ObservedValueOf<O>> {
  requireOption('pacedMap', 'project', project, isFunction);
  checkOptions('pacedMap', options, rules);
  const { concurrency = 1, ordered = true, maxBuffered = MAX_BUFFERED } = options;
  return operate<T, ObservedValueOf<O>>(
    (out, gate) =>
      new PacedFlow<T, ObservedValueOf<O>>(
        project as never,
        { of: 'pacedMap', concurrency, ordered, maxBuffered },
        out,
        gate,
      ),
    options,
  );
}
