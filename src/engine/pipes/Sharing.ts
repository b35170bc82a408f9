import type { Parts } from '../../basics/Parts.js';
import type { Pipe } from './Pipe.js';

/** One message that goes to many pipes of a kind in memory which they share. */
export interface SharedMessage {
  /** Queues it at a pipe that has room. */
  to(pipe: Pipe): void;
}

/** How pipes of one kind share a message. */
export interface Sharing {
  message(parts: Parts, owned: boolean): SharedMessage;
}
