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
  /** How many streams are tracked by their sequence numbers, from 1. @default 1024 */
  readonly maxStreams?: number | undefined;
}

/**
 * Emits statistics for each interval: rate, throughput, loss, jitter and latency. It does not emit the frames: use it in a branch of
 * `tee` to count them beside the main pipeline.
 *
 * **Delivery** One value for each interval, even if no frame arrived. Memory does not grow with the rate.
 *
 * **Ends** Completes with its source, after the values of the open interval. An error passes.
 * ```text
 * source   -aaa--b-----c-|
 * output   -----x----y---(z|)    everyMs 5
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/stats.ts#main}
 *
 * @param options how often it emits
 * @throws OptionError at the call
 * @see {@link gaps}, which reports each gap
 */
export function stats(options: StatsOptions = {}): OperatorFunction<Frame, FrameStats> {
  checkOptions('stats', options, { everyMs: isDuration(1), maxStreams: isInteger(1) });
  const { everyMs = 1000, maxStreams = MAX_STREAMS } = options;
  return transparent<Frame, FrameStats>((out) => new StatsFlow(everyMs, maxStreams, out, defaultClock));
}
