import type { Duplex } from 'node:stream';

const ACTS = ['write', 'end', 'destroy', 'destroySoon'] as const;

/**
 * Keeps a socket from those who hear of the same upgrade after us: some servers refuse each path that they do not know. Until the
 * function it gives is called, what they do with the socket comes to nothing.
 */
export function shield(socket: Duplex): () => void {
  for (const act of ACTS) Object.defineProperty(socket, act, { value: () => socket, configurable: true });
  return () => {
    for (const act of ACTS) Reflect.deleteProperty(socket, act);
  };
}
