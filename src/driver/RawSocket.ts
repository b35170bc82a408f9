import type { Parts } from '../basics/Parts.js';
import type { AnySocketSettings } from './AnySocketSettings.js';
import type { PatternType } from './TypeOptions.js';
import type { RxZmqError } from '../errors.js';
import type { Leftover } from './Socket.js';
import type { SocketStatus } from './SocketStatus.js';

/** All socket types of ZeroMQ. */
export type RawType = PatternType | 'dgram';

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

/** What a driver needs to know to open a socket of any type. */
export interface RawSettings extends Omit<AnySocketSettings, 'type' | 'bind' | 'requiresPeer'> {
  readonly type: RawType;
  readonly driver: 'engine' | 'native';
  readonly extras: NativeExtras;
}

/** Who hears from a socket of any type. As a SocketListener, but for what is `tried`. */
export interface RawListener {
  readable(): void;
  writable(): void;
  /** What became of the message that `write` could not say it of. `false`: there is no room, `writable` follows. */
  tried(outcome: boolean | RxZmqError): void;
  status(status: SocketStatus): void;
  failed(error: RxZmqError): void;
  closed(leftover: Leftover): void;
}

/** A socket of any type with ZeroMQ's own semantics. No method waits. */
export interface RawSocket {
  readonly id: number;
  readonly endpoint: string;
  /** As Socket has it. */
  readonly unsentBytes?: number;
  read(): Parts | undefined;
  /**
   * Hands a message over, which is copied unless it is `owned`. `false`: no room, nothing was taken. `undefined`: it is not
   * known yet, and nothing else may be written until the listener hears what was `tried`; only for owned ones.
   *
   * @throws RxZmqError where it can never be sent
   */
  write(parts: Parts, owned: boolean): boolean | undefined;
  /** As Socket has it. */
  hasRoom(): boolean;
  bind(endpoint: string): void;
  connect(endpoint: string, options?: { readonly routingId?: Uint8Array | undefined }): void;
  /** Both: whether there may be another of that name. */
  unbind(endpoint: string): boolean;
  disconnect(endpoint: string): boolean;
  subscribe(topic: Uint8Array): void;
  unsubscribe(topic: Uint8Array): void;
  join(group: Uint8Array): void;
  leave(group: Uint8Array): void;
  close(lingerMs: number): void;
}
