import type { Parts } from '../basics/Parts.js';
import type { FrameCursor } from './FrameCursor.js';
import type { DriverSecurity } from './DriverSecurity.js';
import type { RxZmqError } from '../errors.js';
import type { Clock } from '../time/Clock.js';
import type { SocketStatus } from './SocketStatus.js';

/** The socket types that the endpoints stand on. */
export type SocketType = 'sub' | 'pull' | 'pub' | 'push' | 'dealer' | 'router';

/** Bounds that the engine keeps; `undefined`: its defaults. */
export interface EngineLimits {
  readonly highWaterBytes?: number | undefined;
  readonly maxParts?: number | undefined;
  readonly maxPeers?: number | undefined;
  readonly maxHandshakes?: number | undefined;
  readonly handshakeTimeoutMs?: number | undefined;
  readonly minBytesPerSecond?: number | undefined;
  readonly maxSubscriptionBytes?: number | undefined;
  readonly maxSubscriptions?: number | undefined;
  readonly maxTopicBytes?: number | undefined;
}

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

/** What a driver needs to know to open a socket. */
export interface SocketSettings {
  readonly type: SocketType;
  readonly clock: Clock;
  /** All of them, for texts and for what must be known before the first one opens; open them with bind and connect. */
  readonly endpoints: readonly string[];
  /** Whether the endpoints are bound. */
  readonly bind: boolean;
  readonly highWaterMark: number;
  readonly maxMessageBytes: number;
  /** Which driver opens it. */
  readonly driver: 'engine' | 'native';
  /** What only the engine knows of. */
  readonly limits: EngineLimits;
  /** First and longest wait before a connection is tried again, in ms; `false`: it is not. */
  readonly reconnect: { readonly initialMs: number; readonly maxMs: number } | false;
  /** `false`: no heartbeats. */
  readonly heartbeat: { readonly intervalMs: number; readonly timeoutMs: number; readonly ttlMs: number } | false;
  /** How it proves who it is and asks who the others are; `undefined`: nobody proves anything. */
  readonly security?: DriverSecurity | undefined;
  /** Whether a peer with this IP address may come in; `undefined`: any may. */
  readonly admits?: ((address: string) => boolean) | undefined;
  /** pub: holds back at the slowest subscriber's mark, instead of dropping. */
  readonly noDrop?: boolean;
  /** Said in the handshake, names starting with `X-`. Only drivers that can do that. */
  readonly properties?: ReadonlyMap<string, Uint8Array> | undefined;
  /** The listener wants to hear of messages that are `released`. */
  readonly tellsReleased?: boolean;
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
  status(status: SocketStatus): void;
  /** Nobody refers any more to a message that was written as `owned`. Only where settings ask for it, and the driver can tell. */
  released?(parts: Parts): void;
  /** The socket cannot work and is to be closed. */
  failed(error: RxZmqError): void;
  /** It is gone: what it held is handed over, or dropped after the linger. The last call. */
  closed(leftover: Leftover): void;
}

/**
 * What sources and sinks know of a driver. No method waits, and none costs a timer or promise of its own per message
 * (the native driver's are zeromq.js's).
 */
export interface Socket {
  readonly id: number;
  /** Its endpoints, joined by `', '`; the real ones once they are bound. */
  readonly endpoint: string;
  /** Which connection brought the last message that was read; `undefined` where the driver cannot tell. */
  readonly from: number | undefined;
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
   * must not change any more, until the listener hears that it is `released`.
   */
  write(parts: Parts, owned?: boolean): boolean;
  /**
   * Whether `write` would take a message now, as far as is known. `false`: the listener hears when there is room, as after a
   * `write` that gave `false`.
   */
  hasRoom(): boolean;
  /** Takes back a message that no peer has got yet; `false`: too late. */
  withdraw(parts: Parts): boolean;
  bind(endpoint: string): void;
  connect(endpoint: string): void;
  subscribe(topic: Uint8Array): void;
  /** dealer, connecting: gives up the connection to a peer, with all that came and still comes over it, for a new one. Only drivers that can do that. */
  renew?(peer: number): void;
  /** Idempotent. `lingerMs`: how long what was taken may still take, `Infinity` as long as it takes. */
  close(lingerMs: number): void;
}

/** A way to open sockets. */
export interface Driver {
  open(settings: SocketSettings, listener: SocketListener): Socket;
}

let lastId = 0;

/** A number no other socket of this process has. */
export function nextSocketId(): number {
  return (lastId += 1);
}
