import type { Duplex } from 'node:stream';

const ACTS = ['write', 'end', 'destroy', 'destroySoon'] as const;

/**
 * Protects a socket from later listeners of the same upgrade: some servers refuse each path that they do not know. Until the returned
 * function is called, their calls on the socket have no effect.
 */
export function shield(socket: Duplex): () => void {
  for (const act of ACTS) Object.defineProperty(socket, act, { value: () => socket, configurable: true });
  return () => {
    for (const act of ACTS) Reflect.deleteProperty(socket, act);
  };
}
