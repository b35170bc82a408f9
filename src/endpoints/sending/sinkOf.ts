import type { OperatorFunction } from 'rxjs';
import { send, type SinkSettings } from './send.js';
import { sendEnd } from './sendEnd.js';
import type { AnySinkOptions } from './SinkOptions.js';

/** The operator of a sink, with what it says at completion. */
export function sinkOf(settings: SinkSettings, options: AnySinkOptions): OperatorFunction<unknown, never> {
  const sink = send(settings);
  return options.endOfStream === true ? sendEnd(sink, options.sampleType) : sink;
}
