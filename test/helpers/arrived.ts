import type { Frame } from 'rxzmq';
import { expect } from 'vitest';
import { driver } from './driver.js';

/** A frame as a source gives it, of which this one was sent: the engine tells which connection brought it. */
export function arrived<F extends Frame>(sent: F): F {
  return driver === 'engine' ? { ...sent, peer: expect.any(Number) as number } : sent;
}
