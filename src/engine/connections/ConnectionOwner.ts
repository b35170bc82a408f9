import type { Clock } from '../../time/Clock.js';
import type { StreamPipe } from '../pipes/StreamPipe.js';
import type { DecoderLimits } from '../zmtp/Decoder.js';
import type { HandshakeSettings } from '../zmtp/HandshakeSettings.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import type { Flusher } from '../context/Flusher.js';
import type { HeartbeatSettings } from './Heartbeat.js';

/** What connections of one socket share. */
export interface ConnectionSettings extends DecoderLimits {
  readonly clock: Clock;
  readonly flusher: Flusher;
  /** `undefined`: no ZMTP, but bytes as they are. */
  readonly handshake: Omit<HandshakeSettings, 'address'> | undefined;
  readonly handshakeTimeoutMs: number;
  readonly minBytesPerSecond: number;
  readonly heartbeat: HeartbeatSettings | false;
}

/** Why a connection ended. */
export interface ConnectionEnd {
  readonly reason: string;
  readonly error: Error | undefined;
  /** Whether its handshake was done. */
  readonly established: boolean;
  /** The peer broke the protocol, or one of the two did not want the other: trying again soon is of no use. */
  readonly fault: boolean;
  /** It failed over who may talk to whom, or so it seems. */
  readonly security: boolean;
  /** Messages that were handed over and did not reach the kernel; `undefined`: the peer refused some of those that did. */
  readonly unsent: number | undefined;
  /** The last message that came was cut off: it is lost. */
  readonly cutOff: boolean;
  /** Its stream is still there, for the peer to read why: `gone` tells what did not reach the kernel after all. */
  readonly lingers: boolean;
}

/** Whose connection it is. */
export interface ConnectionOwner<C> {
  /** It is only to send what is left. */
  readonly closing: boolean;
  /** The handshake is done: gives the pipe, or why there is none. */
  established(connection: C): StreamPipe | string;
  /** The pipe can be written to. */
  connected(pipe: StreamPipe, peer: PeerInfo): void;
  subscription(pipe: StreamPipe, topic: Uint8Array, on: boolean): void;
  membership(pipe: StreamPipe, group: Uint8Array, on: boolean): void;
  /** It handed messages to the kernel. */
  progress(connection: C): void;
  /** It is over. Its pipe, if it had one, has no connection any more. */
  ended(connection: C, end: ConnectionEnd): void;
  /** Its stream is gone as well. Messages that were handed over did not reach the kernel, of one that lingered. */
  gone(connection: C, unsent: number, reason: string): void;
}
