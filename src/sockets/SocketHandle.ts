import type { Observable, OperatorFunction } from 'rxjs';
import type { Demand } from '../demand/types.js';
import type { Endpoints } from '../driver/endpoints.js';
import type { SocketStatus } from '../driver/SocketStatus.js';

/** Options of `send`. */
export interface SendOptions {
  /** Aborting it withdraws a message that is not sent yet; `send` rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
  /** `true`: the socket owns the memory of the message; `false`: it may be changed at once. @default false */
  readonly zeroCopy?: boolean | undefined;
}

/** Options of `sink`. */
export interface SocketSinkOptions {
  /** As for `send`. @default false */
  readonly zeroCopy?: boolean | undefined;
  /** The demand that holds back the source, besides that of this operator; `null`: none. @default that of the consumer that is found at subscription */
  readonly demand?: Demand | null | undefined;
  /** How many values may be queued from a source that ignores back-pressure; one more is an `OverflowError`. @default 1000 */
  readonly maxBuffered?: number | undefined;
}

/** Options of `close`. */
export interface CloseOptions {
  /**
   * `ZMQ_LINGER`: how long queued messages may still be sent without progress, in ms; `Infinity`: as long as it takes; 0: they are
   * dropped. @default the option of `openSocket`
   */
  readonly lingerMs?: number | undefined;
}

/** The members of every socket. */
export interface SocketHandle {
  /** Resolves with the actual endpoints, in the order of the calls, once all are bound or being connected to; rejects if one fails. */
  readonly opened: Promise<readonly string[]>;
  /** The events of the socket, from the time of subscription; completes when the socket is closed. Option `status` receives the same. */
  readonly status: Observable<SocketStatus>;
  /**
   * Listens on one endpoint or several. `*` as the port or path chooses a free one; `opened` has it.
   *
   * @throws EndpointError, UnsupportedError; SocketError if the socket is closed
   */
  bind(endpoints: Endpoints): this;
  /**
   * Stops listening there and closes the connections that were accepted there: each at once, or when its queued messages are sent or
   * have made no progress for `lingerMs`. The status `dropped` counts what is left then. Peers over `inproc` stay connected, as in libzmq.
   *
   * @throws EndpointError if the socket is not bound there
   */
  unbind(endpoints: Endpoints): this;
  /**
   * Closes the socket, and resolves when it is closed. Queued messages may still be sent as long as they make progress within
   * `lingerMs`; the status `dropped` counts what is left then. Idempotent: the first call counts.
   */
  close(options?: CloseOptions): Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** The methods of sockets that connect: all types but dgram. */
export interface Connects {
  /**
   * Connects to one endpoint or several, and reconnects whenever a connection ends.
   *
   * @throws EndpointError, UnsupportedError; SocketError if the socket is closed
   */
  connect(endpoints: Endpoints): this;
  /**
   * Disconnects from an endpoint: at once, or when the messages queued for it are sent or have made no progress for `lingerMs`. The
   * status `dropped` counts what is left then; a later peer at that endpoint gets none of it.
   *
   * @throws EndpointError if the socket is not connected there
   */
  disconnect(endpoints: Endpoints): this;
}

/** The methods of sockets that address peers by an id: router, stream and peer. */
export interface NamesPeers<Id> {
  /** Connects, and gives the peer this id, whatever routing id it has itself. */
  connect(endpoints: Endpoints, options: { readonly routingId?: Id | undefined }): this;
}

/** The members of sockets that receive. */
export interface Receives<Received> {
  /**
   * The received messages. Hot: each subscriber gets what arrives while it is subscribed; all of them get the same objects. The socket
   * is not read while it has no subscriber, nor while one of them is not ready, so that the high-water marks hold back the senders.
   *
   * Completes when the socket is closed; errors when it fails.
   */
  readonly messages: Observable<Received>;
}

/** The methods of sockets that send. */
export interface Sends<Sent> {
  /**
   * Sends a message as soon as the queue has space, in the order of the calls. Resolves when the socket has accepted the
   * message; rejects at once if it can never be sent. A rejection is never reported as unhandled.
   */
  send(message: Sent, options?: SendOptions): Promise<void>;
  /**
   * The same as an operator: it holds back its source, and emits each value once it is sent. It completes when all of its input is
   * sent, or the socket is closed; the socket stays open. On a req socket each value waits for the reply to the one before, which
   * something must read, for example the pipeline of the sink itself.
   */
  sink<Value extends Sent>(options?: SocketSinkOptions): OperatorFunction<Value, Value>;
}

/** The methods of sub and xsub sockets, and of xpub with `manual`, for the peer whose request was received last. */
export interface Subscribes {
  /** Subscribes to messages whose first part begins with one of these topics; without a topic, to all. Repeated subscriptions are counted. */
  subscribe(...topics: readonly (string | Uint8Array)[]): this;
  /** Removes one subscription to each of these topics. */
  unsubscribe(...topics: readonly (string | Uint8Array)[]): this;
}

/** The methods of dish sockets. */
export interface Joins {
  /**
   * Joins groups, by their whole names.
   *
   * @throws OptionError if it has joined one already
   */
  join(...groups: readonly string[]): this;
  /**
   * Leaves groups.
   *
   * @throws OptionError if it has not joined one
   */
  leave(...groups: readonly string[]): this;
}
