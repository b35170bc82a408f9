import type { StreamListener } from '../Carrier.js';

/** Whose content nobody wants: a socket reads and tells of it in one go, so that all can share it. */
const scratch = new Uint8Array(65_536);

/**
 * Where a socket reads to, in the shape of node's `onread`: into the memory of its listener. Node asks for the
 * first memory before there is a listener, which gets the scratch and whose content is handed on as a copy.
 */
export class InPlaceReads {
  /** Who gives the memory; `undefined`: what comes is discarded. */
  listener: StreamListener | undefined;

  readonly buffer = (): Uint8Array => this.listener?.target() ?? scratch;

  readonly callback = (count: number, memory: Uint8Array): boolean => {
    if (memory === scratch) this.listener?.data(scratch.slice(0, count));
    else this.listener?.filled(count);
    return true; // false would stop the reads; `pause` does that
  };
}
