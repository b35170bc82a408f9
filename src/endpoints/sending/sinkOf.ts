import type { OperatorFunction } from 'rxjs';
import { send, type SinkSettings } from './send.js';
import { sendEnd } from './sendEnd.js';
import type { AnySinkOptions } from './SinkOptions.js';

/** Returns the operator of a sink, with the end of stream that it may send at completion. */
export function sinkOf(settings: SinkSettings, options: AnySinkOptions): OperatorFunction<unknown, never> {
  const sink = send(settings);
  const end = options.endOfStream === true ? settings.socket.driver.endOfStream : undefined;
  return end === undefined ? sink : sendEnd(sink, end, options.sampleType);
}
