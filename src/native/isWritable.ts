import type { ZeroMQSocket } from './createZeroMQSocket.js';

/**
 * Whether libzmq has room for a message. To answer that, it takes note of what its threads have done, and takes back the signal
 * that a receive under way waits for. A send of no parts has zeromq.js look for that itself, and sends nothing.
 *
 * @param socket one whose sends do not wait, and of which none is under way
 */
export function isWritable(socket: ZeroMQSocket, { receives }: { readonly receives: boolean }): boolean {
  const { writable } = socket;
  if (receives) socket.send([]).catch(() => undefined);
  return writable;
}
