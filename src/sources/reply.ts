import { replyDrivers } from '#platform';
import { type InteropObservable, Observable } from 'rxjs';
import type { Codec } from '../codecs/Codec.js';
import { stampRules, type StampSettings, type WithoutStamp } from '../frame/createStamp.js';
import type { Frame, FrameInput } from '../frame/types.js';
import { checkCodecOptions, isCodec } from '../codecs/codecOptions.js';
import type { Endpoints } from '../driver/endpoints.js';
import { isOnInvalid } from '../endpoints/status/invalidMessages.js';
import { isBoolean, isDemand, isDuration, isFunction, isInteger } from '../options/rules.js';
import { Outlet } from '../rx/Outlet.js';
import { subscriptionsOf } from '../endpoints/receiving/subscriptionsOf.js';
import { ReplyServer } from '../endpoints/requests/ReplyServer.js';
import { socketRules } from '../endpoints/SocketOptions.js';
import { socketSettings } from '../endpoints/socketSettings.js';
import type { SourceOptions } from '../endpoints/receiving/SourceOptions.js';
import { defaultCodec } from '../endpoints/defaultCodec.js';
import { OptionError } from '../errors.js';
import { describe } from '../basics/describe.js';

/**
 * What a handler returns: the reply, or a Promise or Observable of it (its first value is the reply). A value with
 * `Symbol.observable` is an Observable, whichever library made it; one with `then` is a Promise. Everything else is the reply itself:
 * strings, arrays, typed arrays.
 */
export type Answer<T> = T | PromiseLike<T> | Observable<T>;

/** A request that was served, and the reply that was sent. */
export interface Served<Q, A> {
  readonly request: Q;
  readonly reply: A;
}

/** Options of every form of {@link reply}. */
export interface ReplyOptions extends SourceOptions {
  /** How many requests may be served at the same time; further ones wait at their senders. @default 64 */
  readonly concurrency?: number | undefined;
  /** How long a handler may take, in ms; then its request is given up. @default 30000 */
  readonly handlerTimeoutMs?: number | undefined;
  /** `true`: the socket owns the memory of a reply; `false`: it may be changed at once. @default false */
  readonly zeroCopy?: boolean | undefined;
}
/** Options of {@link reply} for Frames: how replies are stamped. */
export interface FrameReplyOptions extends ReplyOptions, StampSettings {
  readonly codec?: undefined;
}
/** Options of {@link reply} with a codec. */
export interface CodecReplyOptions<T, I = T, P = T> extends ReplyOptions, WithoutStamp {
  /** Decodes requests and encodes replies. @default sigs */
  readonly codec: Codec<T, I, P>;
}

type AnyReplyOptions = ReplyOptions & StampSettings & { readonly codec?: Codec<unknown> | undefined };

const kind = {
  of: 'reply',
  type: 'router',
  drivers: replyDrivers,
  binds: true,
  rules: {
    ...socketRules,
    ...stampRules,
    codec: isCodec,
    concurrency: isInteger(1),
    handlerTimeoutMs: isDuration(1),
    onInvalid: isOnInvalid,
    demand: isDemand,
    zeroCopy: isBoolean,
  },
} as const;

/**
 * Serves the requests of REQ and DEALER peers: calls `handler` with each request, sends its result, and emits both.
 *
 * It uses a ROUTER socket, so that no handler can block the server: if one throws, completes without a value or takes longer than
 * `handlerTimeoutMs`, only its own requester runs into its timeout (and the status `dropped` says why). Requests of one peer are
 * answered in order, unless they carry correlation parts: those may overtake.
 *
 * **Delivery** Each request is served once, at most `concurrency` at a time; further ones wait at the high-water marks of their
 * senders. A reply whose requester is gone is dropped and counted in the status `dropped`.
 *
 * **Ends** Never by itself. Error: the endpoint cannot be bound, the driver cannot be loaded, or `onInvalid: 'error'`.
 * Unsubscribing gives up the handlers and closes the socket; replies that were accepted are still flushed.
 * ```text
 * requests  -a--b--c----->
 * handler    A  #   --C        throws at b
 * output    -A---------C->
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/reply.ts#main}
 *
 * @param endpoints one endpoint or several, such as `tcp://*:5557`
 * @param handler returns the reply to a request, or a Promise or Observable of it
 * @param options how many requests are served at a time, how long each may take, the codec
 * @throws OptionError, EndpointError, UnsupportedError at the call
 * @see {@link request} and {@link requester}, the other side
 */
export function reply<T, I = T, P = T>(
  endpoints: Endpoints,
  handler: (request: T) => Answer<I> | InteropObservable<I>,
  options: CodecReplyOptions<T, I, P>,
): Observable<Served<T, P>>;
export function reply(
  endpoints: Endpoints,
  handler: (request: Frame) => Answer<FrameInput> | InteropObservable<FrameInput>,
  options?: FrameReplyOptions,
): Observable<Served<Frame, Frame>>;
export function reply(endpoints: Endpoints, handler: unknown, options: object = {}): Observable<never> {
  const given = options as AnyReplyOptions;
  const socket = socketSettings(kind, endpoints, given);
  if (isFunction(handler) !== undefined) {
    throw new OptionError('handler', handler, `reply: the handler must be a function, got ${describe(handler)}`);
  }
  const { codec = defaultCodec(socket), concurrency = 64, handlerTimeoutMs = 30_000, zeroCopy = false } = given;
  const { lingerMs = 1000, onInvalid = 'skip', status } = given;
  checkCodecOptions('reply', given, codec, { topical: false });
  const subscriptions = subscriptionsOf('reply');
  const self: Observable<unknown> = new Observable((subscriber) => {
    const ended = subscriptions.open();
    const out = Outlet.of<unknown>(subscriber, self, given.demand);
    const server = new ReplyServer(
      {
        of: 'reply',
        socket,
        codec,
        stamp: given,
        zeroCopy,
        handler: handler as (request: unknown) => unknown,
        concurrency,
        handlerTimeoutMs,
        lingerMs,
        onInvalid,
        status,
        failed: (error) => out.error(subscriptions.explain(error)),
      },
      out,
    );
    return () => {
      ended();
      server.close();
    };
  });
  return self as never;
}
