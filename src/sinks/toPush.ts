import { pushDrivers } from '#platform';
import type { OperatorFunction } from 'rxjs';
import type { FrameFrom, FrameInput } from '../frame/types.js';
import type { Endpoints } from '../driver/endpoints.js';
import { sinkOf } from '../endpoints/sending/sinkOf.js';
import {
  type CodecSinkOptions,
  type FrameSinkOptions,
  sinkRules,
  sinkSettings,
} from '../endpoints/sending/SinkOptions.js';

/** Options of {@link toPush} for Frames. */
export interface FramePushOptions extends FrameSinkOptions {}
/** Options of {@link toPush} with a codec. */
export interface CodecPushOptions<T, I = T, P = T> extends CodecSinkOptions<T, I, P> {}

const kind = { of: 'toPush', type: 'push', drivers: pushDrivers, binds: true, rules: sinkRules } as const;

/**
 * Sends frames to PULL peers over a PUSH socket, and emits them as they were sent. It binds by default.
 *
 * **Delivery** Lossless while the peers live: each frame goes to one peer, in turn, and waits while all queues are full. Frames that a
 * peer has received are lost if it is killed.
 *
 * **Ends** Completion waits until the operating systems of the peers have everything, as long as it takes unless `lingerMs` is set;
 * with the engine also until the peers have read it, for at most 30 s. An error of the source passes at once. Error: the endpoint
 * cannot be bound, a value is not a frame, or a `DrainError`. After unsubscribing, accepted frames are still flushed in the background,
 * for up to `lingerMs` without progress.
 * ```text
 * source  -a-b-----c--|
 * peers       ^ the first one is there
 * output  ----(ab)-c---|
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/toPush.ts#main}
 *
 * @param endpoints one endpoint or several, such as `tcp://*:5555`
 * @param options the metadata of bare arrays or the codec, which side binds, limits, and who gets the events of the socket
 * @throws OptionError, EndpointError, UnsupportedError at the call
 * @see {@link toPub}, which sends each frame to every subscriber
 */
export function toPush<T, I = T, P = T>(
  endpoints: Endpoints,
  options: CodecPushOptions<T, I, P>,
): OperatorFunction<I, P>;
export function toPush<I extends FrameInput>(
  endpoints: Endpoints,
  options?: FramePushOptions,
): OperatorFunction<I, FrameFrom<I>>;
export function toPush(endpoints: Endpoints, options: object = {}): OperatorFunction<unknown, never> {
  return sinkOf(sinkSettings(kind, endpoints, options), options);
}
