import type { StreamListener } from '../Carrier.js';

/** Memory for reads before there is a listener. All sockets share it: each reads and reports it in one step. */
const scratch = new Uint8Array(65_536);

/**
 * The `onread` option of a Node socket that reads into the memory of its listener. Node asks for the first memory before there is a
 * listener: that read uses the scratch memory, and the listener gets a copy.
 */
export class InPlaceReads {
  /** Provides the memory; `undefined`: bytes that arrive are discarded. */
  listener: StreamListener | undefined;

  readonly buffer = (): Uint8Array => this.listener?.target() ?? scratch;

  readonly callback = (count: number, memory: Uint8Array): boolean => {
    if (memory === scratch) this.listener?.data(scratch.slice(0, count));
    else this.listener?.filled(count);
    return true; // false would stop the reads; `pause` does that
  };
}
