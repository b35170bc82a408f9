import type { OperatorFunction } from 'rxjs';
import { send, type SinkSettings } from './send.js';
import { sendEnd } from './sendEnd.js';
import type { AnySinkOptions } from './SinkOptions.js';

/** The operator of a sink, with what it says at completion. */
export function sinkOf(settings: SinkSettings, options: AnySinkOptions): OperatorFunction<unknown, never> {
  const sink = send(settings);
  const end = options.endOfStream === true ? settings.socket.driver.endOfStream : undefined;
  return end === undefined ? sink : sendEnd(sink, end, options.sampleType);
}
