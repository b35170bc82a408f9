import type { ContractSocket } from './ContractSocket.js';
import { FAILURE_MS } from './failure.js';

/** Whoever of these sockets is the first to receive something, and what. */
export async function firstToHear(
  sockets: readonly ContractSocket[],
): Promise<{ readonly socket: ContractSocket; readonly message: string[] }> {
  const givesUp = performance.now() + FAILURE_MS;
  while (performance.now() < givesUp) {
    for (const socket of sockets) {
      const message = await socket.receiveWithin(1);
      if (message) return { socket, message };
    }
  }
  throw new Error('none of the sockets received anything');
}
