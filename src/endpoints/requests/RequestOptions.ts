import { requestDrivers } from '#platform';
import type { Codec } from '../../codecs/Codec.js';
import { sigs } from '../../codecs/sigs.js';
import type { Demand } from '../../demand/types.js';
import { OptionError } from '../../errors.js';
import { stampRules, type StampSettings } from '../../frame/createStamp.js';
import type { Frame } from '../../frame/types.js';
import { checkCodecOptions, isCodec } from '../../codecs/codecOptions.js';
import type { Endpoints } from '../../driver/endpoints.js';
import { isOnInvalid, type OnInvalid } from '../status/invalidMessages.js';
import { isBoolean, isDuration, isEither, isFunction, isInteger, isOneOf, type Rules } from '../../options/rules.js';
import type { Correlation, RequestSettings } from './RequestClient.js';
import { socketRules, type SocketOptions } from '../SocketOptions.js';
import { socketSettings } from '../socketSettings.js';

/** What every form of `request` and `requester` takes. */
export interface RequestOptions extends SocketOptions {
  /** How long a reply may take, in ms, from when the request went to a connected peer; for each try. @default 5000 */
  readonly timeoutMs?: number | undefined;
  /** How long a request may wait for a connected peer, in ms; for each try. @default timeoutMs */
  readonly connectTimeoutMs?: number | undefined;
  /** Further tries after the first. A request that is tried again may be served twice. @default 0 */
  readonly retries?: number | undefined;
  /**
   * Whether each request carries a number in its envelope, which REP servers and those that keep envelopes send back; with it many
   * can be under way at once. `false`: requests look as a plain REQ sends them (`[id, '', body]` at a ROUTER), one at a time;
   * the next waits for the reply to the last, or for a new connection where that did not come. For servers that take what comes
   * apart by position. Connecting sides only. @default `true`, but with a `concurrency` of 1 `false` to a ROUTER that is no `reply`
   * of the engine's, so that either kind of server is served; the native driver cannot tell who that is
   */
  readonly correlate?: boolean | undefined;
  /** What happens to a reply that cannot be read; its request then waits on. @default 'skip' */
  readonly onInvalid?: OnInvalid | undefined;
  /** Whether the memory of a request belongs to the socket; `false`: it may be changed at once. @default false */
  readonly zeroCopy?: boolean | undefined;
}

/** Options for Frames: how bare arrays and Frames are stamped. */
export interface FrameRequestOptions extends RequestOptions, StampSettings {
  readonly codec?: undefined;
}

/** Options with a codec of one's choice. */
export interface CodecRequestOptions<T, I = T> extends RequestOptions {
  /** What the parts of requests and replies mean. @default sigs */
  readonly codec: Codec<T, I>;
}

/** What happens when all tries of a request are spent. `Q` is the request, as it went out, and `R` what is emitted. */
export interface TimeoutOption<Q, R> {
  /** `'error'`: a `RequestTimeoutError`. A function: what it gives stands in for the reply. @default 'error' */
  readonly onTimeout?: 'error' | ((request: Q) => R) | undefined;
}

/** What is emitted for each reply. */
export interface ProjectOption<A, Q, R> {
  /** Makes what is emitted of a reply and its request, as that went out. */
  readonly project: (reply: A, request: Q) => R;
}

/** What the operator takes besides: how requests that flow are paced. */
export interface FlowOptions {
  /** Requests that may be under way at once; replies keep the order of their requests. @default 1 */
  readonly concurrency?: number | undefined;
  /** Whose room, besides its own, holds back what feeds it; `null`: nobody's. @default the consumer's that is found when it is subscribed */
  readonly demand?: Demand | null | undefined;
  /** How many requests may wait that come of where demand cannot reach; one more is an `OverflowError`. @default 1000 */
  readonly maxBuffered?: number | undefined;
}

/** Options for Frames without a projection. */
export interface PlainFrameRequestOptions extends FrameRequestOptions, TimeoutOption<Frame, Frame> {
  readonly project?: undefined;
}

/** Options with a codec without a projection. */
export interface PlainCodecRequestOptions<T, I = T> extends CodecRequestOptions<T, I>, TimeoutOption<I, T> {
  readonly project?: undefined;
}

/** Options for Frames with a projection. */
export interface ProjectedFrameRequestOptions<R>
  extends FrameRequestOptions, ProjectOption<Frame, Frame, R>, TimeoutOption<Frame, R> {}

/** Options with a codec and a projection. */
export interface ProjectedCodecRequestOptions<T, I, R>
  extends CodecRequestOptions<T, I>, ProjectOption<T, I, R>, TimeoutOption<I, R> {}

/** Any request's options, whichever overload took them. */
export type AnyRequestOptions = RequestOptions &
  StampSettings &
  TimeoutOption<unknown, unknown> &
  Partial<ProjectOption<unknown, unknown, unknown>> & { readonly codec?: Codec<unknown> | undefined };

/** The rules for all of these. */
export const requestRules: Rules = {
  ...socketRules,
  ...stampRules,
  codec: isCodec,
  timeoutMs: isDuration(1),
  connectTimeoutMs: isDuration(1),
  retries: isInteger(0),
  correlate: isBoolean,
  onInvalid: isOnInvalid,
  zeroCopy: isBoolean,
  onTimeout: isEither(isOneOf('error'), isFunction),
  project: isFunction,
};

/** Checks what a request function was called with, and fills in the defaults. */
export function requestSettings(
  of: string,
  rules: Rules,
  endpoints: Endpoints,
  options: AnyRequestOptions,
): RequestSettings {
  const socket = socketSettings(
    { of, type: 'dealer', drivers: requestDrivers, binds: false, rules },
    endpoints,
    options,
  );
  const { codec = sigs, zeroCopy = false, lingerMs = 1000, retries = 0, timeoutMs = 5000 } = options;
  const { connectTimeoutMs = timeoutMs } = options;
  checkCodecOptions(of, options, codec, false);
  const correlate = correlation(of, options);
  if (correlate === 'never') checkPlain(of, options);
  return { of, socket, codec, stamp: options, zeroCopy, timeoutMs, connectTimeoutMs, retries, correlate, lingerMs };
}

/** Where it is left to us, a ROUTER that we do not know gets what a REQ sends, if one request at a time will do. */
function correlation(of: string, options: AnyRequestOptions & FlowOptions): Correlation {
  const { correlate, bind, concurrency = 1 } = options;
  if (correlate !== undefined) return correlate ? 'always' : 'never';
  return of === 'request' && concurrency === 1 && bind !== true ? 'known' : 'all';
}

/** Without numbers only one request can be under way, and a reply that is late is got rid of with its connection. */
function checkPlain(of: string, { bind, concurrency = 1 }: AnyRequestOptions & FlowOptions): void {
  if (bind === true) {
    const text = `${of}: option 'bind' cannot be true with correlate: false, which connects anew after a reply that did not come`;
    throw new OptionError('bind', bind, text);
  }
  if (concurrency > 1) {
    const text = `${of}: option 'concurrency' must be 1 with correlate: false, got ${concurrency}; replies have no number to be told apart by`;
    throw new OptionError('concurrency', concurrency, text);
  }
}
