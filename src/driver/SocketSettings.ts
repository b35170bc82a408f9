import type { Clock } from '../time/Clock.js';
import type { SocketSecurity } from './DriverSecurity.js';
import type { NatsSettings } from './NatsSettings.js';
import type { PatternType, TypeOptions } from './TypeOptions.js';

/** All socket types of ZeroMQ. */
export type SocketType = PatternType | 'dgram';

/** Those that sources and sinks stand on. */
export type EndpointType = 'sub' | 'pull' | 'pub' | 'push' | 'dealer' | 'router';

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

/** What only libzmq has, by zeromq.js's names. */
export interface NativeExtras {
  readonly tcpKeepaliveCount?: number | undefined;
  readonly tcpKeepaliveInterval?: number | undefined;
  readonly tcpMaxRetransmitTimeout?: number | undefined;
  readonly typeOfService?: number | undefined;
  readonly socksProxy?: string | undefined;
  readonly interface?: string | undefined;
  readonly sendBufferSize?: number | undefined;
  readonly receiveBufferSize?: number | undefined;
  readonly multicastHops?: number | undefined;
}

/** What a page or program says to a gateway. */
export interface WebSettings {
  /** Proves who it is; asked for at each connection where it is a function. */
  readonly token?: string | (() => string | PromiseLike<string>) | undefined;
  /** How many bytes may be unread here. */
  readonly windowBytes?: number | undefined;
}

/** What a driver needs to know to open a socket. `security` and `admits`: `undefined` means that nobody proves anything and any may come in. */
export interface SocketSettings extends SocketSecurity {
  readonly type: SocketType;
  readonly clock: Clock;
  /** All that are known, for texts and for what must be known before the first one opens; open them with bind and connect. */
  readonly endpoints: readonly string[];
  /** Whether these endpoints are bound. */
  readonly bind: boolean;
  /**
   * A connecting pipe takes messages only while its peer is there, and keeps what it has while the peer is away.
   * `false`, as libzmq: it takes them up to its mark before and between connections as well.
   */
  readonly requiresPeer: boolean;
  /** `highWaterMark` and its two sides: messages for each pipe; 0: no mark. */
  readonly highWaterMark: number;
  readonly sendHighWaterMark?: number | undefined;
  readonly receiveHighWaterMark?: number | undefined;
  readonly maxMessageBytes: number;
  /** What only the engine knows of. */
  readonly limits: EngineLimits;
  /** What only libzmq knows of. */
  readonly extras?: NativeExtras | undefined;
  /** What only NATS knows of. */
  readonly nats?: NatsSettings | undefined;
  readonly options: TypeOptions;
  /** First and longest wait before a connection is tried again, in ms; `false`: it is not. */
  readonly reconnect: { readonly initialMs: number; readonly maxMs: number } | false;
  /** `false`: no heartbeats. */
  readonly heartbeat: { readonly intervalMs: number; readonly timeoutMs: number; readonly ttlMs: number } | false;
  /** A connecting pipe lives as long as its connection, as libzmq's IMMEDIATE. */
  readonly immediate?: boolean | undefined;
  /** Only the newest message is kept for each pipe, both ways. */
  readonly conflate?: boolean | undefined;
  readonly routingId?: Uint8Array | undefined;
  /** Said in the handshake, names starting with `X-`. */
  readonly properties?: ReadonlyMap<string, Uint8Array> | undefined;
  readonly keepAliveMs?: number | undefined;
  readonly backlog?: number | undefined;
  readonly connectTimeoutMs?: number | undefined;
  /** How long an endpoint that is left may go on without progress, in ms. @default Infinity, as long as it takes */
  readonly lingerMs?: number | undefined;
  /** What only connections over WebSockets have. */
  readonly web?: WebSettings | undefined;
  /** The listener wants to hear of messages that are `released`. Only where the driver tells. */
  readonly tellsReleased?: boolean | undefined;
}

/** What can be chosen about one endpoint that is connected to. */
export interface ConnectOptions {
  /** router, stream, peer: what the peer is called here. */
  readonly routingId?: Uint8Array | undefined;
}
