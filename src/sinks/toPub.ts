import { pubDrivers } from '#platform';
import type { OperatorFunction } from 'rxjs';
import type { FrameFrom, FrameInput } from '../frame/types.js';
import type { Endpoints } from '../driver/endpoints.js';
import { isBoolean, isInteger } from '../options/rules.js';
import { sinkOf } from '../endpoints/sending/sinkOf.js';
import {
  type AnySinkOptions,
  type CodecSinkOptions,
  type FrameSinkOptions,
  sinkRules,
  sinkSettings,
} from '../endpoints/sending/SinkOptions.js';

/** Options of both forms of {@link toPub}. */
interface PubOptions {
  /**
   * Sends nothing before this many connections have a subscription, so that none of them misses the first frame. The native driver
   * estimates their number. `0`, if it is set, also means that the first frames may be lost: without it and without `status` a
   * process warning reports the loss once. @default 0
   */
  readonly waitForSubscribers?: number | undefined;
  /** `ZMQ_XPUB_NODROP`: hold back the source at the high-water mark of the slowest subscriber, instead of dropping. @default false */
  readonly noDrop?: boolean | undefined;
  /**
   * How much memory the subscriptions of one peer may take, in bytes: each counts its topic and 256 bytes. The socket disconnects a peer
   * that asks for more. One peer can be a proxy for many subscribers. Engine only. @default 33,554,432 (32 MiB): more than 100,000 topics
   */
  readonly maxSubscriptionBytes?: number | undefined;
  /** How many subscriptions one peer may have. Engine only. @default as many as `maxSubscriptionBytes` allows */
  readonly maxSubscriptions?: number | undefined;
  /** The longest topic that a peer may subscribe to, in bytes. The socket disconnects a peer with a longer one. Engine only. @default 1024 */
  readonly maxTopicBytes?: number | undefined;
}
/** Options of {@link toPub} for Frames. */
export interface FramePubOptions extends FrameSinkOptions, PubOptions {}
/** Options of {@link toPub} with a codec. */
export interface CodecPubOptions<T, I = T, P = T> extends CodecSinkOptions<T, I, P>, PubOptions {}

const kind = {
  of: 'toPub',
  type: 'pub',
  drivers: pubDrivers,
  binds: true,
  rules: {
    ...sinkRules,
    waitForSubscribers: isInteger(0),
    noDrop: isBoolean,
    maxSubscriptionBytes: isInteger(1),
    maxSubscriptions: isInteger(1),
    maxTopicBytes: isInteger(0),
  },
} as const;

/**
 * Sends frames to all subscribers over a PUB socket, and emits them as they were sent. It binds by default.
 *
 * **Delivery** Drops newest, for each subscriber whose queue is at the high-water mark, and everything while there is no subscriber;
 * `noDrop` holds back the source instead. The native driver cannot count what it drops while it runs.
 *
 * **Ends** Completion waits until the operating systems of all subscribers have everything, for up to `lingerMs` without progress; the
 * rest is dropped and counted in the status `dropped`. An error of the source passes at once. Error: the endpoint cannot be bound, a
 * value is not a frame, or a `DrainError` for frames held back. After unsubscribing, accepted frames are still flushed.
 * ```text
 * source  -a-b-----c--|
 * peers       ^ the first one subscribes
 * output  -a-b-----c---|
 * output  ----(ab)-c---|   waitForSubscribers: 1
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/toPub.ts#main}
 *
 * @param endpoints one endpoint or several, such as `tcp://*:5556`
 * @param options the metadata of bare arrays or the codec, whether to wait for subscribers, limits, and who gets the events of
 *   the socket
 * @throws OptionError, EndpointError, UnsupportedError at the call
 * @see {@link toPush}, which sends each frame to one peer and drops none
 */
export function toPub<T, I = T, P = T>(endpoints: Endpoints, options: CodecPubOptions<T, I, P>): OperatorFunction<I, P>;
export function toPub<I extends FrameInput>(
  endpoints: Endpoints,
  options?: FramePubOptions,
): OperatorFunction<I, FrameFrom<I>>;
export function toPub(endpoints: Endpoints, options: object = {}): OperatorFunction<unknown, never> {
  const given = options as AnySinkOptions & PubOptions;
  const settings = sinkSettings(kind, endpoints, given);
  const { waitForSubscribers = 0, noDrop = false } = given;
  const { maxSubscriptionBytes, maxSubscriptions, maxTopicBytes } = given;
  const limits = { ...settings.socket.limits, maxSubscriptionBytes, maxSubscriptions, maxTopicBytes };
  const socket = { ...settings.socket, options: { noDrop }, limits };
  const isOpen = given.waitForSubscribers === undefined && given.status === undefined;
  const warnsOfLoss = isOpen && !noDrop && socket.nats === undefined;
  return sinkOf({ ...settings, socket, waitForSubscribers, warnsOfLoss }, given);
}
