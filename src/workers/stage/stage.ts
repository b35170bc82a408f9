import { SERVE } from '../wire/SERVE.js';
import { type Serve, serve, type Work } from './serve.js';

/** What a stage can be made of: a function that gets a value, and what `settings` of `offload` are. */
export type StageWork = (value: never, settings: never) => unknown;

/**
 * A function that `offload` can run on worker threads: the default export of a module of its own.
 *
 * @typeParam F the function
 */
export type Stage<F extends StageWork> = F & { readonly [SERVE]: object };

/**
 * Makes a stage of a function, for `offload` to run on worker threads. It stays what it is: a function that can be called.
 *
 * What it gets is a copy that it may keep and change. What it returns is a result: any value that can be cloned, or a Promise of
 * one. An Observable, a generator or an async generator gives any number of results, none too; a generator goes on only when
 * there is room for what it gives. What it returns is gone afterwards: typed arrays in it that own their memory are moved.
 *
 * **Example**
 * ```ts
 * export default stage((frame: Frame<'cf32'>) => ({ ...frame, samples: frame.samples.map((x) => x / 2) }));
 * ```
 * @typeParam F the function
 * @param work gets the value and option `settings` of `offload`
 * @throws TypeError where `work` is no function
 */
export function stage<F extends StageWork>(work: F): Stage<F> {
  if (typeof work !== 'function') throw new TypeError(`stage: work must be a function, got ${typeof work}`);
  const run: Serve = (port, settings) => serve(work as unknown as Work, port, settings);
  return Object.defineProperty(work, SERVE, { value: run, configurable: true }) as Stage<F>;
}
