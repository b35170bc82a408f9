import type { Socket } from 'zeromq';
import type { Clock } from '../time/Clock.js';

/** How long to wait before the next check, in ms: 1, 2, 4 ... and at most this. */
const LONGEST_WAIT_MS = 16;
/** How long to wait for other sockets in addition, in ms: after that they will not react. */
const DEAF_MS = 100;

/** Sockets of this process that have an inproc endpoint. */
const neighbours = new Set<Socket>();

/** Call it when a socket has an inproc endpoint. */
export function trackInproc(socket: Socket): void {
  neighbours.add(socket);
}

/** A socket that is closing. */
interface Leaver {
  readonly socket: Socket;
  readonly clock: Clock;
  readonly isGone: () => boolean;
  /** For how many ms to wait for its end. */
  readonly patienceMs: number;
  readonly giveUp: () => void;
}

/**
 * Call it when a socket is closing. libzmq ends an inproc socket when its peers have noticed the close, and they notice it only during
 * a call. So we do not wait for its end much longer than its linger.
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
    // eslint-disable-next-line no-restricted-syntax -- checks again
    clock.after(waitMs, wake);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  };
  wake();
}
