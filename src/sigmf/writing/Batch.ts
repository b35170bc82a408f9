import type { Delivery } from '../../demand/Delivery.js';
import type { Frame } from '../../frame/types.js';
import type { Note, Taken, Track } from './Track.js';

const FIRST_BYTES = 256 * 1024;

/** A frame of a batch. */
interface Written {
  readonly frame: Frame;
  /** Whether it was emitted in response to demand. */
  readonly governed: boolean;
  readonly end: number;
  /** The delivery that it belongs to. */
  readonly delivery: Delivery | null;
}

/** Values that are written together. Their samples are copied: their senders may reuse them at once. */
export class Batch {
  readonly track: Track;
  readonly notes: Note[] = [];
  readonly #values: Written[] = [];
  #memory: Uint8Array;
  #used = 0;

  /** @param memory the memory of a batch that is finished */
  constructor(track: Track, memory: Uint8Array | undefined) {
    this.track = track;
    this.#memory = memory ?? sharedBytes(FIRST_BYTES);
  }

  get bytes(): Uint8Array {
    return this.#memory.subarray(0, this.#used);
  }

  get numBytes(): number {
    return this.#used;
  }

  get numValues(): number {
    return this.#values.length;
  }

  /** The memory, for the next batch. */
  get memory(): Uint8Array {
    return this.#memory;
  }

  /**
   * @param governed whether it was emitted in response to demand
   * @param delivery the delivery that it belongs to, which is held
   */
  add({ frame, bytes, zeros, note }: Taken, governed: boolean, delivery: Delivery | null): void {
    const start = this.#used + zeros;
    const end = start + bytes.byteLength;
    if (end > this.#memory.length) this.#grow(end);
    this.#memory.fill(0, this.#used, start);
    this.#memory.set(bytes, start);
    this.#used = end;
    this.#values.push({ frame, governed, end, delivery });
    if (note) this.notes.push({ offset: start, apply: note });
  }

  /** The frames that are complete within this many bytes. */
  *within(bytes: number): Generator<Written, void, undefined> {
    for (const value of this.#values) if (value.end <= bytes) yield value;
  }

  #grow(least: number): void {
    const grown = sharedBytes(Math.max(least, this.#memory.length * 2));
    grown.set(this.bytes);
    this.#memory = grown;
  }
}

/** Memory that other threads can read: a thread hashes what is written. */
function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}
