import type { Parts } from '../../basics/Parts.js';
import type { Sharing } from '../pipes/Pipe.js';
import type { SendWindow } from './SendWindow.js';

/** The queue of messages to a peer. */
export interface PeerOutbox {
  /** Messages that are still queued, and their size on the wire. */
  readonly messages: number;
  readonly bytes: number;
  /** Only the newest message is kept. */
  newestOnly: boolean;
  /** Appends a copy of a message. */
  write(parts: Parts, owned: boolean): void;
  /** Appends a message that is in memory that other pipes share and that never changes. */
  share(memory: Uint8Array, start: number, bytes: number): void;
  /** Removes the next batch of whole messages and returns it; `undefined`: there is none, or the window is used up. */
  take(window: SendWindow): Uint8Array | undefined;
  /** All removed batches are copied: their memory may be used again. */
  recycle(): void;
  /** Withdraws a message that was written `owned`. */
  withdraw(parts: Parts): boolean;
  /** Drops everything. */
  clear(): void;
}

/** The sending half of pipes: code that a bundle has only where it sends. */
export interface Outgoing {
  outbox(newestOnly: boolean, withdraws: boolean): PeerOutbox;
  /** How pipes share a message; `undefined`: each has a copy of it. */
  readonly sharing?: Sharing | undefined;
}
