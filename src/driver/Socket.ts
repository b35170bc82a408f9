import type { Parts } from '../basics/Parts.js';
import type { RxZmqError } from '../errors.js';
import type { FrameCursor } from './FrameCursor.js';
import type { ConnectOptions } from './SocketSettings.js';
import type { SocketStatus } from './SocketStatus.js';

/** Why what a socket was left with is lost. The driver tells it before `closed`: after that comes nothing. */
export const NOT_TAKEN = 'it was not taken within the linger';

/** What a peer says of itself in its handshake. */
export interface PeerNature {
  /** As the wire has it: `'ROUTER'`; `''` where it does not say. */
  readonly socketType: string;
  readonly properties: ReadonlyMap<string, Uint8Array>;
}

/** A peer that a message can go to. */
export interface NextPeer {
  readonly id: number;
  readonly peer: PeerNature | undefined;
}

/** What a socket was left with when it closed. */
export interface Leftover {
  /** Messages taken, but not handed to a peer; `undefined`: some, the driver cannot tell how many. */
  readonly messages: number | undefined;
}

/** Who hears from a socket. No call comes before the driver's `open` has returned. */
export interface SocketListener {
  /** A message can be read. Said again when one arrives after `read` gave `undefined`. */
  readable(): void;
  /** There is room after `write` gave `false`. */
  writable(): void;
  /**
   * What became of the message of which `write` gave `undefined`. `false`: there was no room, and `writable` follows. Only drivers
   * that tell later.
   */
  tried?(outcome: boolean | RxZmqError): void;
  status(status: SocketStatus): void;
  /** Nobody refers any more to a message that was written as `owned`. Only where settings ask for it, and the driver tells. */
  released?(parts: Parts): void;
  /** Who sends says that nothing more comes, after all that was read. Only drivers with such messages. */
  ended?(): void;
  /** A message that was written can never arrive: nobody is there. Only drivers that hear of that. */
  refused?(parts: Parts, error: RxZmqError): void;
  /** The socket cannot work and is to be closed. */
  failed(error: RxZmqError): void;
  /** It is gone: what it held is handed over, or dropped after the linger. The last call. */
  closed(leftover: Leftover): void;
}

/**
 * A socket of a driver, of any type. No method waits, and none costs a timer or promise of its own per message (the native
 * driver's are zeromq.js's). What a driver can or cannot do is in its `Capabilities`.
 */
export interface Socket {
  readonly id: number;
  /** Its endpoints, joined by `', '`; the real ones once they are bound. */
  readonly endpoint: string;
  /** Which connection brought the last message that was read; `undefined` where the driver does not tell the peer. */
  readonly from: number | undefined;
  /** How often the last message that was read has been delivered. Only drivers that settle. */
  readonly deliveries?: number;
  /** Bytes of messages that were written and that the kernel has not taken yet, as far as is known: they show whether a long one goes on. */
  readonly unsentBytes?: number;
  /** dealer: who the next `write` goes to; `undefined`: nobody is there who has room, or the driver cannot tell. */
  readonly nextPeer?: NextPeer | undefined;
  /** The next message that has arrived; `undefined`: none yet. Its parts belong to the caller. */
  read(): Parts | undefined;
  /**
   * The same, without memory of its own: sets the cursor on a message of two parts, and gives the cursor's `parts`. A message of
   * another form comes as parts, of which those below 4 KiB stand until the next read of any socket. Only drivers that can do that.
   */
  readAt?(cursor: FrameCursor): Parts | undefined;
  /**
   * Hands a message over. `false`: no room or no peer, nothing was taken. `true`: it is copied, unless it is `owned`: then it
   * must not change any more, until the listener hears that it is `released`. `undefined`, only of drivers that tell later, and only
   * for owned ones: it is not known yet, and nothing else may be written until the listener hears what was `tried`.
   *
   * @throws RxZmqError where it can never be sent
   */
  write(parts: Parts, owned?: boolean): boolean | undefined;
  /**
   * Whether `write` would take a message now, as far as is known. `false`: the listener hears when there is room, as after a
   * `write` that gave `false`.
   */
  hasRoom(): boolean;
  /**
   * Says what became of a message, by the parts that `read` gave, once: everybody is done with it, or it was invalid. What is never
   * settled is handed back when the socket closes, to be delivered again. A socket may be closed within the delivery of a message,
   * which is settled right after. Only drivers that settle, whose messages come by `read` alone.
   */
  settle?(parts: Parts, outcome: 'done' | 'invalid'): void;
  /** Takes back a message that no peer has got yet; `false`: too late, or the driver does not withdraw. */
  withdraw(parts: Parts): boolean;
  bind(endpoint: string): void;
  connect(endpoint: string, options?: ConnectOptions): void;
  /** Stops listening and ends the connections that came from it. Gives whether there may be another of that name. */
  unbind(endpoint: string): boolean;
  /** Sends what it has for that endpoint, then leaves it. Gives whether there may be another of that name. */
  disconnect(endpoint: string): boolean;
  subscribe(topic: Uint8Array): void;
  unsubscribe(topic: Uint8Array): void;
  join(group: Uint8Array): void;
  leave(group: Uint8Array): void;
  /** dealer, connecting: gives up the connection to a peer, with all that came and still comes over it, for a new one. Only drivers that can do that. */
  renew?(peer: number): void;
  /** Idempotent. `lingerMs`: how long what was taken may still take, `Infinity` as long as it takes. */
  close(lingerMs: number): void;
}

let lastId = 0;

/** A number no other socket of this process has. */
export function nextSocketId(): number {
  return (lastId += 1);
}
