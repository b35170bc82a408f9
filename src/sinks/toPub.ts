import { pubDrivers } from '#platform';
import type { OperatorFunction } from 'rxjs';
import type { FrameFrom, FrameInput } from '../frame/types.js';
import type { Endpoints } from '../driver/endpoints.js';
import { isBoolean, isInteger } from '../options/rules.js';
import { send } from '../endpoints/sending/send.js';
import {
  type AnySinkOptions,
  type CodecSinkOptions,
  type FrameSinkOptions,
  sinkRules,
  sinkSettings,
} from '../endpoints/sending/SinkOptions.js';

/** What both forms of {@link toPub} take. */
interface PubOptions {
  /**
   * Holds everything back until so many connections have a subscription, so that none of them misses the first frame.
   * The native driver estimates their number. @default 0
   */
  readonly waitForSubscribers?: number | undefined;
  /** Holds back at the slowest subscriber's high-water mark, instead of dropping there. Native: `ZMQ_XPUB_NODROP`. @default false */
  readonly noDrop?: boolean | undefined;
  /**
   * What the subscriptions of one peer may weigh, in bytes: each takes its topic and 256 bytes. A peer that asks for more is dropped.
   * Behind one peer there may be a proxy with many subscribers. Engine only. @default 33,554,432 (32 MiB): 100,000 topics and more
   */
  readonly maxSubscriptionBytes?: number | undefined;
  /** How many subscriptions one peer may have, besides. Engine only. @default as many as `maxSubscriptionBytes` allows */
  readonly maxSubscriptions?: number | undefined;
  /** The longest topic that a peer may ask for, in bytes; a peer that asks for a longer one is dropped. Engine only. @default 1024 */
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
 * Sends frames to all subscribers over a PUB socket, which binds unless told otherwise, and gives them as they went out.
 *
 * **Delivery** Drops newest, for each subscriber that is more than the high-water mark behind, and everything while
 * there is none; `noDrop` holds back instead. The native driver cannot tell of what it drops while it runs.
 * **Ends** Completion waits until all is with the subscribers' kernels, for `lingerMs`; what one of them did not take by
 * then is dropped, and told. An error of the source passes at once. Error: the endpoint cannot be bound, a value is no
 * frame, or a `DrainError` for frames held back. Unsubscribing takes nothing more; what went out before is still flushed.
 * ```text
 * source  -a-b-----c--|
 * peers       ^ the first one subscribes
 * output  -a-b-----c---|
 * output  ----(ab)-c---|   waitForSubscribers: 1
 * ```
 * **Example**
 * {@includeCode ../../examples/toPub.ts#main}
 * @throws OptionError, EndpointError, UnsupportedError at the call
 * @see {@link toPush}, which sends each frame to one peer and drops none
 */
export function toPub<I extends FrameInput>(
  endpoints: Endpoints,
  options?: FramePubOptions,
): OperatorFunction<I, FrameFrom<I>>;
export function toPub<T, I = T, P = T>(endpoints: Endpoints, options: CodecPubOptions<T, I, P>): OperatorFunction<I, P>;
export function toPub(endpoints: Endpoints, options: object = {}): OperatorFunction<unknown, never> {
  const given = options as AnySinkOptions & PubOptions;
  const settings = sinkSettings(kind, endpoints, given);
  const { waitForSubscribers = 0, noDrop = false } = given;
  const { maxSubscriptionBytes, maxSubscriptions, maxTopicBytes } = given;
  const limits = { ...settings.socket.limits, maxSubscriptionBytes, maxSubscriptions, maxTopicBytes };
  const socket = { ...settings.socket, options: { noDrop }, limits };
  return send({ ...settings, socket, waitForSubscribers });
}
