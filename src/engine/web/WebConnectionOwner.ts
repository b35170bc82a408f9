import type { Clock } from '../../time/Clock.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import type { Hello } from './hello.js';
import type { RateLimit } from './RateLimit.js';
import type { WebPipe } from './WebPipe.js';

/** The settings that all connections of an endpoint share. */
export interface WebConnectionSettings {
  readonly clock: Clock;
  readonly flusher: { ask(who: { flush(): void }): void };
  /** The hello of this side; its window is the one that this side enforces. */
  readonly hello: Omit<Hello, 'now'>;
  /** This side accepts: it sends the time of its clock, pings, and enforces the limits of a gateway. */
  readonly accepts: boolean;
  readonly helloMs: number;
  /** After how long a silence the peer counts as gone, in ms, if it or this side pings. */
  readonly goneMs: number;
  readonly maxMessageBytes: number;
  readonly maxParts: number;
  /** Limits how much the peer may send; `undefined`: only its window does. */
  readonly rate: (() => RateLimit) | undefined;
  /** How long messages may be queued without any credit before the peer counts as slow, in ms; `Infinity`: it never does. */
  readonly slowMs: number;
  readonly closeSlow: boolean;
}

/** Why a connection is over. */
export interface WebEnd {
  /** As on the wire, from either side; 1006: the connection broke. */
  readonly code: number;
  readonly reason: string;
  /** Whether the hello of the peer was accepted. */
  readonly established: boolean;
  /** This side closed it because of something that the peer did. */
  readonly refused: boolean;
}

/** The endpoint that a connection belongs to. */
export interface WebConnectionOwner<C> {
  /** The hello of the peer has arrived and fits. Returns the pipe, or the reason why there is none. */
  established(connection: C): WebPipe | string;
  /** The pipe can be written to. */
  connected(connection: C, pipe: WebPipe, peer: PeerInfo): void;
  subscription(pipe: WebPipe, topic: Uint8Array, on: boolean): void;
  /** The connection has written messages to its channel. */
  progress(connection: C): void;
  /** `stalled`: messages have been queued for the peer too long; `resumed`: it reads again. */
  stalled?(connection: C): void;
  resumed?(connection: C): void;
  /** A message for the peer was not queued. */
  missed?(connection: C): void;
  /** The connection is over. Its pipe, if it had one, has no connection any more. */
  ended(connection: C, end: WebEnd): void;
  /** The channel is gone as well. */
  gone?(connection: C, code: number, reason: string): void;
}
