import type { Socket } from 'zeromq';
import type { Clock } from '../internal/Clock.js';

/** How long to wait before neighbours are made to look again, in ms: 1, 2, 4 ... and this at the longest. */
const LONGEST_WAIT_MS = 16;

/** Sockets of this process that have an inproc endpoint. */
const neighbours = new Set<Socket>();

/** Says that a socket has an inproc endpoint. */
export function moveIn(socket: Socket): void {
  neighbours.add(socket);
}

/**
 * Says that a socket is closing; where it has neighbours, makes them look until `isGone`. libzmq ends a socket of inproc when
 * its peers have heard of it, and they hear only when they are asked for something.
 */
export function moveOut(socket: Socket, clock: Clock, isGone: () => boolean): void {
  if (!neighbours.delete(socket)) return;
  let waitMs = 1;
  const wake = (): void => {
    if (isGone()) return;
    for (const neighbour of neighbours) if (!neighbour.closed) void neighbour.readable;
    clock.after(waitMs, wake);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  };
  wake();
}
