import type { Parts } from '../../basics/Parts.js';
import type { Pipe, SharedMessage, Sharing } from '../pipes/Pipe.js';
import { messageBytes, writeMessage } from './batch.js';

/** The size of the slabs for messages that many peers share. They are never used again; large messages have their own memory. */
const SLAB_BYTES = 65_536;

/** A pipe with this sharing. */
interface WebSharer extends Pipe {
  share(memory: Uint8Array, start: number, bytes: number): void;
}

let slab = new Uint8Array(0);
let used = 0;

/** All web pipes send the same bytes for a message. */
export const webSharing: Sharing = { message: (parts) => new WebMessage(parts) };

class WebMessage implements SharedMessage {
  readonly #memory: Uint8Array;
  readonly #start: number;
  readonly #bytes: number;

  constructor(parts: Parts) {
    const bytes = messageBytes(parts);
    const isLarge = bytes > SLAB_BYTES / 4;
    if (!isLarge && used + bytes > slab.length) {
      slab = new Uint8Array(SLAB_BYTES);
      used = 0;
    }
    this.#memory = isLarge ? new Uint8Array(bytes) : slab;
    this.#start = isLarge ? 0 : used;
    this.#bytes = bytes;
    writeMessage(this.#memory, this.#start, parts);
    if (!isLarge) used += bytes;
  }

  to(pipe: Pipe): void {
    (pipe as WebSharer).share(this.#memory, this.#start, this.#bytes);
  }
}
