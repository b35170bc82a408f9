import type { Parts } from '../../basics/Parts.js';
import { MORE } from '../zmtp/flags.js';
import { MAX_HEADER_BYTES, writeHeader } from '../zmtp/writeHeader.js';
import type { Pipe } from './Pipe.js';
import { StreamPipe } from './StreamPipe.js';

/** Frames that many peers share stand in slabs of this size, which are never used again. */
const SLAB_BYTES = 65_536;

/** One message for many peers: its frames are written once, and all of them send the same memory. */
export class FanOut {
  #slab = new Uint8Array(0);
  #used = 0;

  /** Queues a message at each pipe that has room; gives how many had none and so miss it. */
  write(pipes: readonly Pipe[], parts: Parts, owned: boolean): number {
    if (pipes.length === 1) return this.#toOne(pipes[0]!, parts, owned);
    const bytes = framesBytes(parts);
    if (bytes > SLAB_BYTES / 4) return this.#refer(pipes, parts, owned);

    let slab = this.#slab; // whoever is told of room may send from within: the next one's place is not this one's
    let from = -1;
    let to = 0;
    let missed = 0;
    for (const pipe of pipes) {
      if (!pipe.writable) missed += 1;
      else if (pipe instanceof StreamPipe) {
        if (from < 0) {
          from = this.#encode(parts, bytes);
          slab = this.#slab;
          to = this.#used;
        }
        pipe.share(slab, from, to);
      } else pipe.write(parts, false); // within a process each has its own
    }
    return missed;
  }

  #toOne(pipe: Pipe, parts: Parts, owned: boolean): number {
    if (!pipe.writable) return 1;
    pipe.write(parts, owned);
    return 0;
  }

  /** Large messages: all connections refer to the same copy. */
  #refer(pipes: readonly Pipe[], parts: Parts, owned: boolean): number {
    let missed = 0;
    let copies: Parts | undefined = owned ? parts : undefined;
    for (const pipe of pipes) {
      if (!pipe.writable) missed += 1;
      else if (pipe instanceof StreamPipe) pipe.write((copies ??= parts.map((part) => part.slice())), true);
      else pipe.write(parts, false);
    }
    return missed;
  }

  /** Gives where the frames begin; they end at `#used`. */
  #encode(parts: Parts, bytes: number): number {
    if (this.#used + bytes > this.#slab.length) {
      this.#slab = new Uint8Array(SLAB_BYTES);
      this.#used = 0;
    }
    const from = this.#used;
    const last = parts.length - 1;
    let at = from;
    for (let i = 0; i <= last; i += 1) {
      const part = parts[i]!;
      at = writeHeader(this.#slab, at, i < last ? MORE : 0, part.length);
      this.#slab.set(part, at);
      at += part.length;
    }
    this.#used = at;
    return from;
  }
}

/** What the frames of a message take at the most. */
function framesBytes(parts: Parts): number {
  let bytes = 0;
  for (const part of parts) bytes += part.length + MAX_HEADER_BYTES;
  return bytes;
}
