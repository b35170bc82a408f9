import type { Observable, OperatorFunction } from 'rxjs';
import type { Demand } from '../demand/types.js';
import type { Endpoints } from '../driver/endpoints.js';
import type { SocketStatus } from '../driver/SocketStatus.js';

/** How a message is sent. */
export interface SendOptions {
  /** Gives up when it aborts, with the signal's reason as the error: a message that is not sent by then is withdrawn. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the memory of the message belongs to the socket; `false`: it may be changed at once. @default false */
  readonly zeroCopy?: boolean | undefined;
}

/** How a handle's sink sends. */
export interface SocketSinkOptions {
  /** As for `send`. @default false */
  readonly zeroCopy?: boolean | undefined;
  /** Whose room, besides its own, holds back what feeds it; `null`: nobody's. @default the consumer's that is found when it is subscribed */
  readonly demand?: Demand | null | undefined;
  /** How many values may wait that come of where demand cannot reach; one more is an `OverflowError`. @default 1000 */
  readonly maxBuffered?: number | undefined;
}

/** How a handle closes. */
export interface CloseOptions {
  /**
   * How long what is sent or waits to be sent may go on without progress, in ms; `Infinity`: as long as it takes; 0: it is
   * dropped. @default that of `openSocket`
   */
  readonly lingerMs?: number | undefined;
}

/** What handles of all types have. */
export interface SocketHandle {
  /** The endpoints it got, in the order they were asked for, once all are bound or being connected to; rejects where one fails. */
  readonly opened: Promise<readonly string[]>;
  /** What it tells of itself, from when it is subscribed; completes when it is gone. Option `status` hears the same. */
  readonly status: Observable<SocketStatus>;
  /**
   * Listens on one endpoint or several; `*` as the port or path takes a free one, which `opened` tells.
   *
   * @throws EndpointError, UnsupportedError; SocketError where it is closed
   */
  bind(endpoints: Endpoints): this;
  /**
   * Listens there no more, and ends the connections that came from it: at once where nothing waits to be sent on them, else when that
   * is out or has not gone on for `lingerMs`. What is left then is told as `dropped`.
   *
   * @throws EndpointError where it is not bound there
   */
  unbind(endpoints: Endpoints): this;
  /**
   * Ends the socket, and settles when it is gone. What was sent, or waits to be sent, has `lingerMs` to go on; what is left then
   * is told as `dropped`. Idempotent: the first call counts.
   */
  close(options?: CloseOptions): Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What handles have whose type connects: all but dgram. */
export interface Connects {
  /**
   * Connects to one endpoint or several, now and again whenever the connection ends.
   *
   * @throws EndpointError, UnsupportedError; SocketError where it is closed
   */
  connect(endpoints: Endpoints): this;
  /**
   * Leaves that endpoint: at once where it has nothing for it, else when that is sent or has not gone on for `lingerMs`. What is left
   * then is told as `dropped`, and nothing of it reaches who listens there later.
   *
   * @throws EndpointError where it is not connected there
   */
  disconnect(endpoints: Endpoints): this;
}

/** What handles have that call their peers by an id: router, stream and peer. */
export interface NamesPeers<Id> {
  /** Connects, and calls the peer by that id, whatever it calls itself. */
  connect(endpoints: Endpoints, options: { readonly routingId?: Id | undefined }): this;
}

/** What handles have whose type receives. */
export interface Receives<Received> {
  /**
   * What it receives. Hot: each subscriber gets what comes while it is subscribed, all of them the same objects. Nothing is
   * read while there is none, nor while one of them has no room, so that the marks hold back whoever sends.
   *
   * Completes when the handle is closed; errors when the socket fails.
   */
  readonly messages: Observable<Received>;
}

/** What handles have whose type sends. */
export interface Sends<Sent> {
  /**
   * Sends a message as soon as there is room, after those that were asked for before. It resolves when the message is the
   * socket's; where it can never be sent it rejects at once. No rejection counts as unhandled.
   */
  send(message: Sent, options?: SendOptions): Promise<void>;
  /**
   * The same as an operator, which holds back what feeds it and gives each value once it is sent. It completes when all of its
   * input is sent, or the handle is closed; the socket stays open. On a req socket each value waits for the reply to the one
   * before, which something has to read: be it the pipeline of the sink itself.
   */
  sink<Value extends Sent>(options?: SocketSinkOptions): OperatorFunction<Value, Value>;
}

/** What handles have whose type subscribes: sub and xsub; xpub with `manual`, for the peer whose request was received last. */
export interface Subscribes {
  /** Wants messages whose first part begins with one of these; without any, all there are. Topics are counted. */
  subscribe(...topics: readonly (string | Uint8Array)[]): this;
  /** Takes that back. */
  unsubscribe(...topics: readonly (string | Uint8Array)[]): this;
}

/** What a dish has. */
export interface Joins {
  /**
   * Wants messages of these groups, by their whole names.
   *
   * @throws OptionError where it has joined one already
   */
  join(...groups: readonly string[]): this;
  /** @throws OptionError where it has not joined one */
  leave(...groups: readonly string[]): this;
}
