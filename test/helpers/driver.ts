import { pickDriver } from '../../src/platform/pickDriver.js';

/** The driver of sockets whose options name none, for what the two deliberately do differently. */
export const driver = pickDriver('', ['tcp://127.0.0.1:*'], 'auto');

/** What the running driver does, of the two. */
export function either<E, N>(onEngine: E, onNative: N): E | N {
  return driver === 'engine' ? onEngine : onNative;
}
