import type { Driver } from './drivers.js';
import type { Tools } from './programs.js';

/** Payloads up to this many bytes share pages, which nobody can give back. */
const LARGEST_SHARED_BYTES = 4096;

/** Whether giving a received frame's memory back is worth a figure of its own. */
export function releases(driver: Driver, tools: Tools, payloadBytes: number): boolean {
  return driver === 'engine' && tools.release && payloadBytes > LARGEST_SHARED_BYTES;
}
