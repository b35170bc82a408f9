import type { Parts } from '../../basics/Parts.js';
import { MORE } from '../zmtp/flags.js';
import { MAX_HEADER_BYTES, writeHeader } from '../zmtp/writeHeader.js';
import type { Pipe, SharedMessage, Sharing } from './Pipe.js';

/** The size of the slabs for frames that many peers share. They are never used again. */
const SLAB_BYTES = 65_536;

/** A pipe with this sharing. */
interface StreamSharer extends Pipe {
  share(memory: Uint8Array, from: number, to: number): void;
}

let slab = new Uint8Array(0);
let used = 0;

/** Stream pipes share the frames of small messages, and reference one copy of large ones. */
export const streamSharing: Sharing = {
  message: (parts, owned) => {
    const bytes = framesBytes(parts);
    return bytes > SLAB_BYTES / 4 ? new LargeMessage(parts, owned) : new SmallMessage(parts, bytes);
  },
};

/** It keeps its own position in the slab, as a listener of `writable` may send another message in the meantime. */
class SmallMessage implements SharedMessage {
  readonly #slab: Uint8Array;
  readonly #from: number;
  readonly #to: number;

  constructor(parts: Parts, bytes: number) {
    if (used + bytes > slab.length) {
      slab = new Uint8Array(SLAB_BYTES);
      used = 0;
    }
    this.#slab = slab;
    this.#from = used;
    used = writeFrames(slab, used, parts);
    this.#to = used;
  }

  to(pipe: Pipe): void {
    (pipe as StreamSharer).share(this.#slab, this.#from, this.#to);
  }
}

class LargeMessage implements SharedMessage {
  readonly #copies: Parts;

  constructor(parts: Parts, owned: boolean) {
    this.#copies = owned ? parts : parts.map((part) => part.slice());
  }

  to(pipe: Pipe): void {
    pipe.write(this.#copies, true);
  }
}

/** Returns where the frames end. */
function writeFrames(target: Uint8Array, from: number, parts: Parts): number {
  const last = parts.length - 1;
  let at = from;
  for (let i = 0; i <= last; i += 1) {
    const part = parts[i]!;
    at = writeHeader(target, at, i < last ? MORE : 0, part.length);
    target.set(part, at);
    at += part.length;
  }
  return at;
}

/** The largest size that the frames of a message may have. */
function framesBytes(parts: Parts): number {
  let bytes = 0;
  for (const part of parts) bytes += part.length + MAX_HEADER_BYTES;
  return bytes;
}
