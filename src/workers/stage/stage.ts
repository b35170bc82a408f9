import { SERVE } from '../wire/SERVE.js';
import { type Serve, serve, type Work } from './serve.js';

/** The function of a stage: it gets a value, and the `settings` of `offload`. */
export type StageWork = (value: never, settings: never) => unknown;

/**
 * A function that `offload` can run on worker threads: the default export of its own module.
 *
 * @typeParam F the function
 */
export type Stage<F extends StageWork> = F & { readonly [SERVE]: object };

/**
 * Makes a function a stage, which `offload` can run on worker threads. It can still be called as before.
 *
 * The function gets a copy of the value, which it may keep and change. It returns a result: any value that can be cloned, or a Promise
 * of one. An Observable, a generator or an async generator emits any number of results, including none; a generator continues only when
 * the consumer is ready. Do not use a result after it was returned: typed arrays in it that own their memory are moved.
 *
 * **Example**
 * ```ts
 * export default stage((frame: Frame<'cf32'>) => ({ ...frame, samples: frame.samples.map((x) => x / 2) }));
 * ```
 * @typeParam F the function
 * @param work gets the value and option `settings` of `offload`
 * @throws TypeError if `work` is not a function
 */
export function stage<F extends StageWork>(work: F): Stage<F> {
  if (typeof work !== 'function') throw new TypeError(`stage: work must be a function, got ${typeof work}`);
  const run: Serve = (port, settings) => serve(work as unknown as Work, port, settings);
  return Object.defineProperty(work, SERVE, { value: run, configurable: true }) as Stage<F>;
}
