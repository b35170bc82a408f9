import type { Clock } from '../time/Clock.js';
import { Linger } from '../time/Linger.js';

const LOOK_AGAIN_MS = 5;

/** Resolves when `unread` returns 0, or nothing was read for `lingerMs`. */
export function untilRead(clock: Clock, lingerMs: number, unread: () => number): Promise<void> {
  if (lingerMs === 0) return Promise.resolve();
  return new Promise((resolve) => {
    let cancelLook: (() => void) | undefined;
    const done = (): void => {
      linger.stop();
      cancelLook?.();
      resolve();
    };
    const look = (): void => {
      if (unread() === 0) done();
      // eslint-disable-next-line no-restricted-syntax -- only looks again
      else cancelLook = clock.after(LOOK_AGAIN_MS, look);
    };
    const linger = new Linger(clock, done, unread).start(lingerMs);
    look();
  });
}
