import { onTestFinished } from 'vitest';
import type { EventType, Socket } from 'zeromq';

/** A zeromq.js socket of the test's own, the other end of a wire. It closes when the test ends, with nothing left to send. */
export function peer<S extends Socket & { linger: number }>(socket: S): S {
  socket.linger = 0;
  onTestFinished(() => socket.close());
  return socket;
}

/** Binds such a socket to a free port and gives it with its endpoint. */
export async function boundPeer<S extends Socket & { linger: number }>(
  socket: S,
  wildcard = 'tcp://127.0.0.1:*',
): Promise<{ readonly socket: S; readonly endpoint: string }> {
  peer(socket);
  await socket.bind(wildcard);
  return { socket, endpoint: socket.lastEndpoint ?? wildcard };
}

/** Connects such a socket and gives it. */
export function connectedPeer<S extends Socket & { linger: number }>(socket: S, endpoint: string): S {
  peer(socket).connect(endpoint);
  return socket;
}

/** The next event of a kind that such a socket's monitor tells. */
export function nextEvent(socket: Socket, type: EventType): Promise<unknown> {
  return new Promise((resolve) => socket.events.on(type, resolve));
}

/** Closes such a socket, which is bound, and waits until its port is free. What it has sent is still delivered. */
export async function closed(socket: Socket & { linger: number }): Promise<void> {
  const free = nextEvent(socket, 'close');
  socket.linger = 1000;
  socket.close();
  await free;
}
