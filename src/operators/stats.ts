import type { OperatorFunction } from 'rxjs';
import type { Frame } from '../frame/types.js';
import { defaultClock } from '../rx/defaultClock.js';
import { checkOptions, isDuration, isInteger } from '../options/rules.js';
import { type FrameStats, StatsFlow } from './flows/StatsFlow.js';
import { MAX_STREAMS } from '../frame/StreamTable.js';
import { transparent } from '../rx/transparent.js';

/** Options of {@link stats}. */
export interface StatsOptions {
  /** The length of an interval, in ms, from 1. @default 1000 */
  readonly everyMs?: number | undefined;
  /** Streams whose sequence numbers are followed, from 1. @default 1024 */
  readonly maxStreams?: number | undefined;
}

/**
 * What came in each interval: rate, throughput, loss, jitter and latency. The frames themselves go no further; a branch
 * of `tee` has them counted beside the way they go.
 *
 * **Delivery** One value for each interval, also where nothing came. Memory does not grow with the rate.
 * **Ends** Completes with its source, after what the open interval has, if there is any. An error passes.
 * ```text
 * source   -aaa--b-----c-|
 * output   -----x----y---(z|)    everyMs 5
 * ```
 * **Example**
 * {@includeCode ../../examples/stats.ts#main}
 * @throws OptionError at the call
 * @see {@link gaps}, for each gap as it comes
 */
export function stats(options: StatsOptions = {}): OperatorFunction<Frame, FrameStats> {
  checkOptions('stats', options, { everyMs: isDuration(1), maxStreams: isInteger(1) });
  const { everyMs = 1000, maxStreams = MAX_STREAMS } = options;
  return transparent<Frame, FrameStats>((out) => new StatsFlow(everyMs, maxStreams, out, defaultClock));
}
