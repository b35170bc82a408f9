import type { Clock } from '../../time/Clock.js';
import type { StreamPipe } from '../pipes/StreamPipe.js';
import type { DecoderLimits } from '../zmtp/Decoder.js';
import type { HandshakeSettings } from '../zmtp/HandshakeSettings.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import type { Flusher } from '../context/Flusher.js';
import type { HeartbeatSettings } from './Heartbeat.js';

/** The settings that all connections of a socket share. */
export interface ConnectionSettings extends DecoderLimits {
  readonly clock: Clock;
  readonly flusher: Flusher;
  /** `undefined`: no ZMTP, but raw bytes. */
  readonly handshake: Omit<HandshakeSettings, 'address'> | undefined;
  readonly handshakeTimeoutMs: number;
  readonly minBytesPerSecond: number;
  readonly heartbeat: HeartbeatSettings | false;
}

/** Why a connection ended. */
export interface ConnectionEnd {
  readonly reason: string;
  readonly error: Error | undefined;
  /** Whether the handshake was completed. */
  readonly established: boolean;
  /** The peer broke the protocol, or one side refused the other: it is of no use to try again soon. */
  readonly fault: boolean;
  /** Authentication failed, as far as this side can know. */
  readonly security: boolean;
  /** Written messages that did not reach the kernel; `undefined`: the peer refused an unknown number of those that did. */
  readonly unsent: number | undefined;
  /** The last message arrived only in part: it is lost. */
  readonly cutOff: boolean;
  /** The stream is still open, so that the peer can read the reason; `gone` reports later what did not reach the kernel. */
  readonly lingers: boolean;
}

/** The endpoint that a connection belongs to. */
export interface ConnectionOwner<C> {
  /** The endpoint is closing: its connections only send their queued messages. */
  readonly closing: boolean;
  /** The handshake is done. Returns the pipe, or the reason why there is none. */
  established(connection: C): StreamPipe | string;
  /** The pipe can be written to. */
  connected(pipe: StreamPipe, peer: PeerInfo): void;
  subscription(pipe: StreamPipe, topic: Uint8Array, on: boolean): void;
  membership(pipe: StreamPipe, group: Uint8Array, on: boolean): void;
  /** The kernel has accepted messages. */
  progress(connection: C): void;
  /** The connection is over. Its pipe, if it had one, has no connection any more. */
  ended(connection: C, end: ConnectionEnd): void;
  /** The stream is gone as well. `unsent`: if it had lingered, how many written messages did not reach the kernel. */
  gone(connection: C, unsent: number, reason: string): void;
}
