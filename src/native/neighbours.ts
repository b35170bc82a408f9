import type { Socket } from 'zeromq';
import type { Clock } from '../time/Clock.js';

/** How long to wait before neighbours are made to look again, in ms: 1, 2, 4 ... and this at the longest. */
const LONGEST_WAIT_MS = 16;
/** Neighbours that have not heard for so long will not, in ms. */
const DEAF_MS = 100;

/** Sockets of this process that have an inproc endpoint. */
const neighbours = new Set<Socket>();

/** Says that a socket has an inproc endpoint. */
export function trackInproc(socket: Socket): void {
  neighbours.add(socket);
}

/** A socket that is closing. */
interface Leaver {
  readonly socket: Socket;
  readonly clock: Clock;
  readonly isGone: () => boolean;
  /** After how many ms it is not waited for any more. */
  readonly patienceMs: number;
  readonly giveUp: () => void;
}

/**
 * Says that a socket is closing. libzmq ends a socket of inproc when its peers have heard of it, and they hear only when they are
 * asked for something: so it is not waited for beyond its linger.
 */
export function untrackInproc({ socket, clock, isGone, patienceMs, giveUp }: Leaver): void {
  if (!neighbours.delete(socket)) return;
  const since = clock.now();
  let waitMs = 1;
  const wake = (): void => {
    if (isGone()) return;
    if (clock.now() - since > patienceMs + DEAF_MS) {
      giveUp();
      return;
    }
    // eslint-disable-next-line no-restricted-syntax -- looks again
    clock.after(waitMs, wake);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  };
  wake();
}
