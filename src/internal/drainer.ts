import type { Parts } from '../codecs/Codec.js';
import type { Clock } from './Clock.js';
import { turnOf } from './Turn.js';

/**
 * Makes the function that reads all that is there, for a socket's `readable`. It stops when this turn of the event loop
 * has had its time and goes on in the next.
 *
 * @param read gives the next message, or `undefined` when there is none or nobody wants one now
 */
export function drainer(clock: Clock, read: () => Parts | undefined, take: (parts: Parts) => void): () => void {
  const turn = turnOf(clock);
  let busy = false; // at it, or waiting for the next turn; `take` may cause another call
  const resume = (): void => {
    busy = false;
    drain();
  };
  const drain = (): void => {
    if (busy) return;
    busy = true;
    while (!turn.spent) {
      const parts = read();
      if (parts === undefined) {
        busy = false;
        return;
      }
      take(parts);
    }
    turn.wait(resume);
  };
  return drain;
}
