import type { OperatorFunction } from 'rxjs';
import { operate } from '../../rx/operate.js';
import { type ToWriterOptions, toWriterRules } from '../config/WriterOptions.js';
import { writerSettings } from '../config/writerSettings.js';
import type { Outgoing } from './Outgoing.js';
import { WriterFlow } from './WriterFlow.js';
import type { WriterResult } from './WriterResult.js';

/**
 * Sends each value to savant_rs readers over a PUB, DEALER or REQ socket, and emits what became of it.
 *
 * The URL is savant_rs's: `dealer+connect:tcp://127.0.0.1:5555`; without type and mode it is a DEALER that binds. Each message gets
 * the system id of this subscription and the next sequence number of its source. REQ waits for the answer to each message, DEALER
 * for the answer to each end of a stream; nothing is sent meanwhile.
 *
 * **Delivery** DEALER and REQ: lossless while there is demand below and the readers live; a message that finds no room in time
 * is given up, and told. A source that asks is held back while there is none. PUB drops what a subscriber does not take in time.
 * **Ends** Completes with its source, once what became of each value is known and the socket has handed all over. Error: a
 * message that cannot be encoded, the endpoint cannot be bound, `OverflowError`, and `DrainError` where a DEALER's messages were
 * not taken within `lingerMs`. Unsubscribing takes and emits nothing more.
 * ```text
 * source  -a--b--$----|       $ is the end of the stream
 * reader   A  B  $
 * output  -s--s----k--|       s is a success, k an ack
 * ```
 * **Example**
 * {@includeCode ../../../examples/savantWriter.ts#main}
 * @throws EndpointError, OptionError, UnsupportedError at the call
 * @see {@link openWriter} for savant_rs's own methods, {@link fromReader} for the other side
 */
export function toWriter(url: string, options: ToWriterOptions = {}): OperatorFunction<Outgoing, WriterResult> {
  const settings = writerSettings('toWriter', url, options, toWriterRules);
  return operate<Outgoing, WriterResult>((out, gate) => new WriterFlow(settings, options, out, gate), options);
}
