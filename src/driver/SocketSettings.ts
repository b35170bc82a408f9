import type { Clock } from '../time/Clock.js';
import type { SocketSecurity } from './DriverSecurity.js';
import type { NatsSettings } from './NatsSettings.js';
import type { PatternType, TypeOptions } from './TypeOptions.js';

/** All socket types of ZeroMQ. */
export type SocketType = PatternType | 'dgram';

/** The types that sources and sinks use. */
export type EndpointType = 'sub' | 'pull' | 'pub' | 'push' | 'dealer' | 'router';

/** Limits of the engine; `undefined`: its defaults. */
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

/** Options that only libzmq has, by zeromq.js's names. */
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

/** Settings for a connection to a gateway. */
export interface WebSettings {
  /** Authenticates; a function is called for each connection. */
  readonly token?: string | (() => string | PromiseLike<string>) | undefined;
  /** How many bytes may be unread here. */
  readonly windowBytes?: number | undefined;
}

/** The settings of a socket for its driver. `security` and `admits`: `undefined` means no authentication. */
export interface SocketSettings extends SocketSecurity {
  readonly type: SocketType;
  readonly clock: Clock;
  /** All known endpoints, for texts and for checks before the first one opens; open them with bind and connect. */
  readonly endpoints: readonly string[];
  /** Whether these endpoints are bound. */
  readonly bind: boolean;
  /**
   * A connecting pipe accepts messages only while its peer is connected, and keeps its queue while the peer is away. `false`, as in
   * libzmq: it accepts messages up to its mark also before and between connections.
   */
  readonly requiresPeer: boolean;
  /** `highWaterMark` and its two directions: messages for each pipe; 0: no limit. */
  readonly highWaterMark: number;
  readonly sendHighWaterMark?: number | undefined;
  readonly receiveHighWaterMark?: number | undefined;
  readonly maxMessageBytes: number;
  /** Settings of the engine only. */
  readonly limits: EngineLimits;
  /** Settings of libzmq only. */
  readonly extras?: NativeExtras | undefined;
  /** Settings of NATS only. */
  readonly nats?: NatsSettings | undefined;
  readonly options: TypeOptions;
  /** The first and the longest delay before a reconnect, in ms; `false`: no reconnects. */
  readonly reconnect: { readonly initialMs: number; readonly maxMs: number } | false;
  /** `false`: no heartbeats. */
  readonly heartbeat: { readonly intervalMs: number; readonly timeoutMs: number; readonly ttlMs: number } | false;
  /** A connecting pipe lives as long as its connection, as libzmq's IMMEDIATE. */
  readonly immediate?: boolean | undefined;
  /** Only the newest message is kept for each pipe, both ways. */
  readonly conflate?: boolean | undefined;
  readonly routingId?: Uint8Array | undefined;
  /** Metadata of the handshake; names begin with `X-`. */
  readonly properties?: ReadonlyMap<string, Uint8Array> | undefined;
  readonly keepAliveMs?: number | undefined;
  readonly backlog?: number | undefined;
  readonly connectTimeoutMs?: number | undefined;
  /** How long an endpoint that is being closed may go on without progress, in ms. @default Infinity, as long as it takes */
  readonly lingerMs?: number | undefined;
  /** Settings of connections over WebSockets only. */
  readonly web?: WebSettings | undefined;
  /** Whether to call the listener's `released`. Only if the driver can. */
  readonly tellsReleased?: boolean | undefined;
}

/** Options of one `connect`. */
export interface ConnectOptions {
  /** router, stream, peer: the routing id of the peer. */
  readonly routingId?: Uint8Array | undefined;
}
