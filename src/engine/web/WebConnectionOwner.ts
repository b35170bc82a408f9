import type { Clock } from '../../time/Clock.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import type { Hello } from './hello.js';
import type { WebPipe } from './WebPipe.js';

/** What connections of one endpoint share. */
export interface WebConnectionSettings {
  readonly clock: Clock;
  readonly flusher: { ask(who: { flush(): void }): void };
  /** What this side says first; its window is what it keeps. */
  readonly hello: Omit<Hello, 'now'>;
  /** It accepts: it tells its clock, pings, and keeps the limits of a gateway. */
  readonly accepts: boolean;
  readonly helloMs: number;
  /** After how long a silence the peer is gone, in ms, where it or this side pings. */
  readonly goneMs: number;
  readonly maxMessageBytes: number;
  readonly maxParts: number;
  readonly maxSubscriptions: number;
  readonly maxTopicBytes: number;
  readonly messagesPerSecond: number;
  readonly bytesPerSecond: number;
  /** How long something may wait for the peer without any credit before it counts as slow, in ms; `Infinity`: it never does. */
  readonly slowMs: number;
  readonly closeSlow: boolean;
}

/** Why a connection is over. */
export interface WebEnd {
  /** As it went over the wire, from whichever side; 1006: it broke. */
  readonly code: number;
  readonly reason: string;
  /** Whether the peer's hello was taken. */
  readonly established: boolean;
  /** This side closed it over what the peer did. */
  readonly refused: boolean;
}

/** Whose connection it is. */
export interface WebConnectionOwner<C> {
  /** The peer's hello is taken: gives the pipe, or why there is none. */
  established(connection: C): WebPipe | string;
  /** The pipe can be written to. */
  connected(connection: C, pipe: WebPipe, peer: PeerInfo): void;
  subscription(pipe: WebPipe, topic: Uint8Array, on: boolean): void;
  /** It handed messages to its channel. */
  progress(connection: C): void;
  /** Something has waited for the peer for too long; the peer takes messages again. */
  stalled?(connection: C): void;
  resumed?(connection: C): void;
  /** A message for the peer was not queued. */
  missed?(connection: C): void;
  /** It is over. Its pipe, if it had one, has no connection any more. */
  ended(connection: C, end: WebEnd): void;
  /** Its channel is gone as well. */
  gone?(connection: C, code: number, reason: string): void;
}
