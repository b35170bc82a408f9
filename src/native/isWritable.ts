import type { ZeroMQSocket } from './createZeroMQSocket.js';

/**
 * Whether libzmq has space for a message. To answer that, libzmq handles the events of its threads, and withdraws the signal for which
 * a pending receive waits. A send of no parts makes zeromq.js check for messages itself, and sends nothing.
 *
 * @param socket its sends do not wait, and none is in flight
 */
export function isWritable(socket: ZeroMQSocket, { receives }: { readonly receives: boolean }): boolean {
  const { writable } = socket;
  if (receives) socket.send([]).catch(() => undefined);
  return writable;
}
