import { Observable } from 'rxjs';
import type { Codec } from '../codecs/Codec.js';
import { sigs } from '../codecs/sigs.js';
import { Memory } from '../demand/Memory.js';
import { stampRules, type StampSettings } from '../frame/createStamp.js';
import type { Frame, FrameInput } from '../frame/types.js';
import { checkCodecOptions, isCodec } from '../internal/codec.js';
import type { Endpoints } from '../internal/endpoints.js';
import { isOnInvalid } from '../internal/invalid.js';
import { isBoolean, isDemand, isDuration, isFunction, isInteger } from '../internal/options.js';
import { Outlet } from '../internal/Outlet.js';
import { ReplyServer } from '../internal/ReplyServer.js';
import { socketRules } from '../internal/SocketOptions.js';
import { socketSettings } from '../internal/socketSettings.js';
import type { SourceOptions } from '../internal/SourceOptions.js';
import { OptionError } from '../errors.js';
import { show } from '../internal/show.js';

/** What a handler may give: the reply, or a Promise or Observable of it (the first value is the reply). */
export type Answer<T> = T | PromiseLike<T> | Observable<T>;

/** A request that was served, and the reply that went out. */
export interface Served<Q, A> {
  readonly request: Q;
  readonly reply: A;
}

/** What every form of {@link reply} takes. */
export interface ReplyOptions extends SourceOptions {
  /** Requests that may be served at once; further ones wait at their senders. @default 64 */
  readonly concurrency?: number | undefined;
  /** How long a handler may take, in ms; its request is then given up. @default 30000 */
  readonly handlerTimeoutMs?: number | undefined;
  /** Whether the memory of a reply belongs to the socket; `false`: it may be changed at once. @default false */
  readonly zeroCopy?: boolean | undefined;
}
/** Options of {@link reply} for Frames: how replies are stamped. */
export interface FrameReplyOptions extends ReplyOptions, StampSettings {
  readonly codec?: undefined;
}
/** Options of {@link reply} with a codec. */
export interface CodecReplyOptions<T, I = T, P = T> extends ReplyOptions {
  /** What the parts of requests and replies mean. @default sigs */
  readonly codec: Codec<T, I, P>;
}

type AnyReplyOptions = ReplyOptions & StampSettings & { readonly codec?: Codec<unknown> | undefined };

const kind = {
  of: 'reply',
  type: 'router',
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
 * Serves requests of REQ and DEALER peers: calls `handler` with each, sends what it gives, and emits both.
 *
 * Stands on a ROUTER socket, so that no handler can wedge it: one that throws, completes empty or outlives
 * `handlerTimeoutMs` costs its own requester a timeout (and is told as `dropped`), nobody else. Requests of one peer are
 * answered in their order, unless they carry correlation parts: those may overtake.
 *
 * **Delivery** Each request is served once, at most `concurrency` at a time; more wait at their senders' high-water
 * marks. A reply whose requester is gone is dropped and told by `status`.
 * **Ends** Never by itself. Error: the endpoint cannot be bound, the driver cannot be loaded, or `onInvalid: 'error'`.
 * Unsubscribing abandons the handlers and closes the socket; replies that went out are still flushed.
 * ```text
 * requests  -a--b--c----->
 * handler    A  #   --C        throws at b
 * output    -A---------C->
 * ```
 * **Example**
 * {@includeCode ../../examples/reply.ts#main}
 * @throws OptionError, EndpointError, UnsupportedError at the call
 * @see {@link request} and {@link requester}, the other side
 */
export function reply(
  endpoints: Endpoints,
  handler: (request: Frame) => Answer<FrameInput>,
  options?: FrameReplyOptions,
): Observable<Served<Frame, Frame>>;
export function reply<T, I = T, P = T>(
  endpoints: Endpoints,
  handler: (request: T) => Answer<I>,
  options: CodecReplyOptions<T, I, P>,
): Observable<Served<T, P>>;
export function reply(endpoints: Endpoints, handler: unknown, options: object = {}): Observable<never> {
  const given = options as AnyReplyOptions;
  const socket = socketSettings(kind, endpoints, given);
  if (isFunction(handler) !== undefined) {
    throw new OptionError('handler', handler, `reply: the handler must be a function, got ${show(handler)}`);
  }
  const { codec = sigs, concurrency = 64, handlerTimeoutMs = 30_000, zeroCopy = false } = given;
  const { lingerMs = 1000, onInvalid = 'skip', status } = given;
  checkCodecOptions('reply', given, codec, false);
  const memory = new Memory();
  return new Observable((subscriber) => {
    const out = new Outlet<unknown>(subscriber, given.demand ?? memory.find());
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
      },
      out,
    );
    return () => server.close();
  });
}
