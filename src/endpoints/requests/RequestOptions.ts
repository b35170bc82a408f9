import { requestDrivers } from '#platform';
import type { Codec } from '../../codecs/Codec.js';
import type { Demand } from '../../demand/types.js';
import { defaultCodec } from '../defaultCodec.js';
import { OptionError } from '../../errors.js';
import { stampRules, type StampSettings, type WithoutStamp } from '../../frame/createStamp.js';
import type { Frame } from '../../frame/types.js';
import { checkCodecOptions, isCodec } from '../../codecs/codecOptions.js';
import type { Endpoints } from '../../driver/endpoints.js';
import { isOnInvalid, type OnInvalid } from '../status/invalidMessages.js';
import { isBoolean, isDuration, isEither, isFunction, isInteger, isOneOf, type Rules } from '../../options/rules.js';
import type { Correlation, RequestSettings } from './RequestSettings.js';
import { socketRules, type SocketOptions } from '../SocketOptions.js';
import { socketSettings } from '../socketSettings.js';

/** Options of every form of `request` and `requester`. */
export interface RequestOptions extends SocketOptions {
  /** How long to wait for a reply, in ms, from when the request was handed to a connected peer; for each try. @default 5000 */
  readonly timeoutMs?: number | undefined;
  /** How long to wait for a connected peer, in ms; for each try. @default timeoutMs */
  readonly connectTimeoutMs?: number | undefined;
  /** How many more tries follow the first. A request that is tried again may be served twice. @default 0 */
  readonly retries?: number | undefined;
  /**
   * `true`: each request carries a number in its envelope. REP servers, and all that return the envelope, send it back, so that many
   * requests can be in flight. `false`: requests look like those of a plain REQ socket (`[id, '', body]` at a ROUTER), one at a time:
   * the next waits for the last reply, or for a new connection where none came. That is for servers that read the parts by position;
   * connecting sockets only. @default `true`; with a `concurrency` of 1, `false` to a ROUTER other than a `reply` of the engine, so
   * that both kinds of server work. The native driver cannot tell them apart
   */
  readonly correlate?: boolean | undefined;
  /** What to do with a reply that the codec cannot decode; its request goes on waiting. @default 'skip' */
  readonly onInvalid?: OnInvalid | undefined;
  /** `true`: the socket owns the memory of a request; `false`: it may be changed at once. @default false */
  readonly zeroCopy?: boolean | undefined;
}

/** Options for Frames: how bare arrays and Frames are stamped. */
export interface FrameRequestOptions extends RequestOptions, StampSettings {
  readonly codec?: undefined;
}

/** Options with another codec. */
export interface CodecRequestOptions<T, I = T> extends RequestOptions, WithoutStamp {
  /** Encodes requests and decodes replies. @default sigs */
  readonly codec: Codec<T, I>;
}

/** What to do when every try of a request has timed out. `Q` is the request as it was sent, and `R` the emitted type. */
export interface TimeoutOption<Q, R> {
  /** `'error'`: a `RequestTimeoutError`. A function: its result is emitted in place of the reply. @default 'error' */
  readonly onTimeout?: 'error' | ((request: Q) => R) | undefined;
}

/** What to emit for each reply. */
export interface ProjectOption<A, Q, R> {
  /** Computes the emitted value from a reply and its request as it was sent. */
  readonly project: (reply: A, request: Q) => R;
}

/** Further options of the operator. */
export interface FlowOptions {
  /** How many requests may be in flight; replies keep the order of their requests. @default 1 */
  readonly concurrency?: number | undefined;
  /** The demand that holds back the source, besides that of this operator; `null`: none. @default that of the consumer that is found at subscription */
  readonly demand?: Demand | null | undefined;
  /** How many requests may be queued from a source that ignores back-pressure; one more is an `OverflowError`. @default 1000 */
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

/** The options of any request, whichever overload was called. */
export type AnyRequestOptions = RequestOptions &
  StampSettings &
  TimeoutOption<unknown, unknown> &
  Partial<ProjectOption<unknown, unknown, unknown>> & { readonly codec?: Codec<unknown> | undefined };

/** The rules for these options. */
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

/** Checks the arguments of `request` or `requester`, and fills in the defaults. */
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
  const { codec = defaultCodec(socket), zeroCopy = false, lingerMs = 1000, retries = 0, timeoutMs = 5000 } = options;
  const { connectTimeoutMs = timeoutMs } = options;
  checkCodecOptions(of, options, codec, { topical: false });
  const correlate = correlation(of, options);
  if (correlate === 'never') checkPlain(of, options);
  return { of, socket, codec, stamp: options, zeroCopy, timeoutMs, connectTimeoutMs, retries, correlate, lingerMs };
}

/** The default: an unknown ROUTER receives what a plain REQ sends, if one request at a time is enough. */
function correlation(of: string, options: AnyRequestOptions & FlowOptions): Correlation {
  const { correlate, bind, concurrency = 1 } = options;
  if (correlate !== undefined) return correlate ? 'always' : 'never';
  return of === 'request' && concurrency === 1 && bind !== true ? 'known' : 'all';
}

/** Without numbers only one request can be in flight, and only a new connection discards a late reply. */
function checkPlain(of: string, { bind, concurrency = 1 }: AnyRequestOptions & FlowOptions): void {
  if (bind === true) {
    const text = `${of}: option 'bind' cannot be true with correlate: false, which renews the connection after a missing reply`;
    throw new OptionError('bind', bind, text);
  }
  if (concurrency > 1) {
    const text = `${of}: option 'concurrency' must be 1 with correlate: false, got ${concurrency}; the replies have no numbers`;
    throw new OptionError('concurrency', concurrency, text);
  }
}
