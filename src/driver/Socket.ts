import type { Parts } from '../basics/Parts.js';
import type { RxZmqError } from '../errors.js';
import type { FrameCursor } from './FrameCursor.js';
import type { ConnectOptions } from './SocketSettings.js';
import type { SocketStatus } from './SocketStatus.js';

/** Why the remaining messages of a socket are lost. The driver reports it before `closed`, which is the last call. */
export const NOT_TAKEN = 'it was not taken within the linger';

/** The metadata of a peer from its handshake. */
export interface PeerNature {
  /** As on the wire: `'ROUTER'`; `''` if the peer does not say it. */
  readonly socketType: string;
  readonly properties: ReadonlyMap<string, Uint8Array>;
}

/** A peer that can get a message. */
export interface NextPeer {
  readonly id: number;
  readonly peer: PeerNature | undefined;
}

/** The remaining messages of a closed socket. */
export interface Leftover {
  /** Messages accepted, but not delivered; `undefined`: some, but the driver does not know how many. */
  readonly messages: number | undefined;
}

/** The listener of a socket. It is not called before the driver's `open` has returned. */
export interface SocketListener {
  /** A message can be read. Called again when one arrives after `read` returned `undefined`. */
  readable(): void;
  /** `write` may accept a message again after it returned `false`. */
  writable(): void;
  /**
   * The outcome of a `write` that returned `undefined`. `false`: the queue was full, and `writable` follows. Only drivers that
   * report later.
   */
  tried?(outcome: boolean | RxZmqError): void;
  status(status: SocketStatus): void;
  /** A message that was written as `owned` is no longer referenced. Only if the settings request it, and the driver can report it. */
  released?(parts: Parts): void;
  /** push: the receiver has stored the next of the written messages. In their order, before `released`. Only drivers that confirm. */
  confirmed?(): void;
  /** The sender has ended its stream, after everything that was read. Only drivers with such messages. */
  ended?(): void;
  /** A written message cannot be delivered, as there is no receiver. Only drivers that know that. */
  refused?(parts: Parts, error: RxZmqError): void;
  /** The socket has failed and must be closed. */
  failed(error: RxZmqError): void;
  /** The socket is closed: its messages are delivered, or dropped after the linger. The last call. */
  closed(leftover: Leftover): void;
}

/**
 * A socket of a driver, of any type. No method waits, and none needs a timer or promise per message (those of the native driver are
 * zeromq.js's). The `Capabilities` of a driver say what it can do.
 */
export interface Socket {
  readonly id: number;
  /** Its endpoints, joined by `', '`; the real ones once they are bound. */
  readonly endpoint: string;
  /** The connection on which the last read message arrived; `undefined` if the driver does not know it. */
  readonly from: number | undefined;
  /** How often the last read message has been delivered. Only drivers that settle. */
  readonly deliveries?: number;
  /**
   * So many messages are unread that some will be lost: the reader should go on although the time of its turn is used up. Only
   * drivers that cannot pause their peers.
   */
  readonly isPressed?: boolean;
  /** Bytes of written messages that the kernel has not accepted yet, as far as known: they show the progress of a long message. */
  readonly unsentBytes?: number;
  /** dealer: the peer of the next `write`; `undefined`: no peer is ready, or the driver does not know. */
  readonly nextPeer?: NextPeer | undefined;
  /** Returns the next message that has arrived, or `undefined` if there is none. Its parts belong to the caller. */
  read(): Parts | undefined;
  /**
   * The same without allocations: sets the cursor on a message of two parts, and returns the cursor's `parts`. A message of another
   * form is returned as parts, of which those below 4 KiB are valid until the next read of any socket. Only drivers that can do
   * that.
   */
  readAt?(cursor: FrameCursor): Parts | undefined;
  /**
   * Sends a message. `false`: the queue is full or there is no peer, and the message was not accepted. `true`: it is copied, unless
   * it is `owned`: then it must not change until `released` of the listener is called. `undefined`, only from drivers that report
   * later, and only for owned messages: not known yet, and no other message may be written until `tried` of the listener is called.
   *
   * @throws RxZmqError if it can never be sent
   */
  write(parts: Parts, owned?: boolean): boolean | undefined;
  /**
   * Whether `write` would accept a message now, as far as known. `false`: `writable` of the listener will be called, as after a
   * `write` that returned `false`.
   */
  hasRoom(): boolean;
  /**
   * Settles a message, by the parts that `read` returned, once: all consumers are done with it, or it was invalid. Messages that
   * are not settled are returned to the server when the socket closes, to be delivered again. A socket may be closed during the
   * delivery of a message, which is settled right after. Only drivers that settle; their messages come only from `read`.
   */
  settle?(parts: Parts, outcome: 'done' | 'invalid'): void;
  /** Withdraws a message that was not yet sent to a peer; `false`: too late, or the driver cannot withdraw. */
  withdraw(parts: Parts): boolean;
  bind(endpoint: string): void;
  connect(endpoint: string, options?: ConnectOptions): void;
  /** Stops listening and ends the accepted connections. Returns whether there may be another endpoint of that name. */
  unbind(endpoint: string): boolean;
  /** Sends the queued messages of that endpoint, then closes it. Returns whether there may be another endpoint of that name. */
  disconnect(endpoint: string): boolean;
  subscribe(topic: Uint8Array): void;
  unsubscribe(topic: Uint8Array): void;
  join(group: Uint8Array): void;
  leave(group: Uint8Array): void;
  /**
   * dealer, connecting: replaces the connection to a peer by a new one, and drops everything that arrived and still arrives over
   * the old one. Only drivers that can do that.
   */
  renew?(peer: number): void;
  /** Closes the socket. Idempotent. `lingerMs`: how long delivering accepted messages may take, `Infinity`: as long as it takes. */
  close(lingerMs: number): void;
}

let lastId = 0;

/** A number that is unique in this process. */
export function nextSocketId(): number {
  return (lastId += 1);
}
