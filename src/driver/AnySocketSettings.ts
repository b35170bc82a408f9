import type { SocketSettings } from './Socket.js';
import type { TypeOptions, PatternType } from './TypeOptions.js';
import type { DriverSecurity } from './DriverSecurity.js';

/** All that can be chosen about a socket of the engine. */
export interface AnySocketSettings extends Omit<SocketSettings, 'type' | 'noDrop' | 'driver'> {
  readonly type: PatternType;
  readonly options: TypeOptions;
  /** `highWaterMark` and its two sides: messages for each pipe; 0: no mark. */
  readonly sendHighWaterMark?: number | undefined;
  readonly receiveHighWaterMark?: number | undefined;
  /**
   * A connecting pipe takes messages only while its peer is there, and keeps what it has while the peer is away. `false`, as
   * libzmq: it takes them up to its mark before and between connections as well.
   */
  readonly requiresPeer: boolean;
  /** A connecting pipe lives as long as its connection, as libzmq's IMMEDIATE. */
  readonly immediate?: boolean | undefined;
  /** Only the newest message is kept for each pipe, both ways. */
  readonly conflate?: boolean | undefined;
  readonly routingId?: Uint8Array | undefined;
  readonly security?: DriverSecurity | undefined;
  readonly keepAliveMs?: number | undefined;
  readonly backlog?: number | undefined;
  readonly connectTimeoutMs?: number | undefined;
  /** How long an endpoint that is left may go on without progress, in ms. @default Infinity, as long as it takes */
  readonly lingerMs?: number | undefined;
}

/** What can be chosen about one endpoint that is connected to. */
export interface ConnectOptions {
  /** router, stream, peer: what the peer is called here. */
  readonly routingId?: Uint8Array | undefined;
}
