import type { OperatorFunction } from 'rxjs';
import { operate } from '../../rx/operate.js';
import { type ToWriterOptions, toWriterRules } from '../config/WriterOptions.js';
import { writerSettings } from '../config/writerSettings.js';
import type { Outgoing } from './Outgoing.js';
import { WriterFlow } from './WriterFlow.js';
import type { WriterResult } from './WriterResult.js';

/**
 * Sends each value to savant_rs readers over a PUB, DEALER or REQ socket, and emits its result.
 *
 * The URL is savant_rs's: `dealer+connect:tcp://127.0.0.1:5555`; without type and mode it is a DEALER that binds. Each message gets
 * the system id of this subscription and the next sequence number of its source. REQ waits for the answer to each message, DEALER
 * for the answer to each end of a stream; nothing is sent meanwhile.
 *
 * **Delivery** DEALER and REQ: lossless while there is demand below and the readers live; a message that no peer accepts in time is
 * dropped, and its result says so. A source with demand is held back while the queue is full. PUB drops the messages that a
 * subscriber does not accept in time.
 *
 * **Ends** Completes with its source, once the result of each value is known and the socket has
 * delivered everything. Error: a message that cannot be encoded, the endpoint cannot be bound, `OverflowError`, and `DrainError` if
 * a DEALER's messages were not delivered within `lingerMs`. After unsubscription it accepts and emits nothing more.
 * ```text
 * source  -a--b--$----|       $ is the end of the stream
 * reader   A  B  $
 * output  -s--s----k--|       s is a success, k an ack
 * ```
 *
 * **Example**
 * {@includeCode ../../../examples/savantWriter.ts#main}
 *
 * @param url type, side and endpoint, such as `dealer+connect:tcp://127.0.0.1:5555`
 * @param options the version, deadlines and limits
 * @throws EndpointError, OptionError, UnsupportedError at the call
 * @see {@link openWriter} for savant_rs's own methods, {@link fromReader} for the other side
 */
export function toWriter(url: string, options: ToWriterOptions = {}): OperatorFunction<Outgoing, WriterResult> {
  const settings = writerSettings('toWriter', url, options, toWriterRules);
  return operate<Outgoing, WriterResult>((out, gate) => new WriterFlow(settings, options, out, gate), options);
}
