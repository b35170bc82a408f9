import type { Parts } from '../../basics/Parts.js';
import { BATCH_BYTES } from '../pipes/Outbox.js';
import { messageBytes, writeMessage } from './batch.js';
import type { PeerOutbox } from './Outgoing.js';
import type { SendWindow } from './SendWindow.js';

const FIRST_SLAB_BYTES = 4096;
const FIRST_CAPACITY = 16;

/**
 * The messages for one peer, encoded one after the other in slabs, with an index in a ring. Messages that are sent together are a
 * piece of a slab as it is.
 */
export class WebOutbox implements PeerOutbox {
  /** Messages that are still queued, and their size on the wire. */
  messages = 0;
  bytes = 0;
  /** Only the newest message is kept. */
  newestOnly: boolean;
  readonly #withdraws: boolean;
  /** `undefined`: the message was withdrawn. */
  #buffers: (Uint8Array | undefined)[] = [];
  #starts: number[] = [];
  #bytesOf: number[] = [];
  #owned: (Parts | undefined)[] = [];
  #capacity = 0;
  #head = 0;
  #size = 0;
  #slab = new Uint8Array(0);
  #at = 0;

  constructor(newestOnly: boolean, withdraws: boolean) {
    this.newestOnly = newestOnly;
    this.#withdraws = withdraws;
  }

  /** Appends a copy of a message. */
  write(parts: Parts, owned: boolean): void {
    const bytes = messageBytes(parts);
    if (this.newestOnly) this.clear();
    if (bytes > BATCH_BYTES) {
      const own = new Uint8Array(bytes);
      writeMessage(own, 0, parts);
      this.#push(own, 0, bytes, owned ? parts : undefined);
      return;
    }
    if (this.#at + bytes > this.#slab.length) {
      const length = Math.min(BATCH_BYTES, Math.max(FIRST_SLAB_BYTES, 2 * this.#slab.length));
      this.#slab = new Uint8Array(Math.max(length, bytes));
      this.#at = 0;
    }
    const start = this.#at;
    this.#at = writeMessage(this.#slab, start, parts);
    this.#push(this.#slab, start, bytes, owned ? parts : undefined);
  }

  /** Appends a message that is in memory that other pipes share and that never changes. */
  share(memory: Uint8Array, start: number, bytes: number): void {
    if (this.newestOnly) this.clear();
    this.#push(memory, start, bytes, undefined);
  }

  /** Removes the next batch of whole messages and returns it; `undefined`: there is none, or the window is used up. */
  take(window: SendWindow): Uint8Array | undefined {
    let buffer: Uint8Array | undefined;
    let start = 0;
    let count = 0;
    let bytes = 0;
    while (this.#size > 0) {
      const at = this.#head;
      const own = this.#buffers[at];
      if (own !== undefined) {
        const more = this.#bytesOf[at]!;
        if (buffer !== undefined && (own !== buffer || this.#starts[at] !== start + bytes)) break;
        if (count > 0 && bytes + more > BATCH_BYTES) break;
        if (!window.admits(more, count, bytes)) break;
        if (buffer === undefined) start = this.#starts[at]!;
        buffer = own;
        count += 1;
        bytes += more;
      }
      this.#drop(at);
    }
    if (buffer === undefined) return undefined;
    this.messages -= count;
    this.bytes -= bytes;
    window.sent(count, bytes);
    return buffer.subarray(start, start + bytes);
  }

  /** All removed batches are copied: their memory may be used again. */
  recycle(): void {
    if (this.#size === 0) this.#at = 0;
  }

  /** Withdraws a message that was written `owned`. */
  withdraw(parts: Parts): boolean {
    if (!this.#withdraws) return false;
    for (let i = 0; i < this.#size; i += 1) {
      const at = (this.#head + i) & (this.#capacity - 1);
      if (this.#owned[at] !== parts) continue;
      this.#buffers[at] = undefined;
      this.#owned[at] = undefined;
      this.messages -= 1;
      this.bytes -= this.#bytesOf[at]!;
      return true;
    }
    return false;
  }

  /** Drops everything. */
  clear(): void {
    while (this.#size > 0) this.#drop(this.#head);
    this.messages = 0;
    this.bytes = 0;
  }

  #push(buffer: Uint8Array, start: number, bytes: number, owned: Parts | undefined): void {
    if (this.#size === this.#capacity) this.#grow();
    const at = (this.#head + this.#size) & (this.#capacity - 1);
    this.#buffers[at] = buffer;
    this.#starts[at] = start;
    this.#bytesOf[at] = bytes;
    if (this.#withdraws) this.#owned[at] = owned;
    this.#size += 1;
    this.messages += 1;
    this.bytes += bytes;
  }

  #drop(at: number): void {
    this.#buffers[at] = undefined;
    if (this.#withdraws) this.#owned[at] = undefined;
    this.#head = (at + 1) & (this.#capacity - 1);
    this.#size -= 1;
  }

  #grow(): void {
    const turn = <T>(ring: T[]): T[] => [...ring.slice(this.#head), ...ring.slice(0, this.#head)];
    this.#buffers = turn(this.#buffers);
    this.#starts = turn(this.#starts);
    this.#bytesOf = turn(this.#bytesOf);
    this.#owned = turn(this.#owned);
    this.#capacity = Math.max(FIRST_CAPACITY, this.#capacity * 2);
    this.#head = 0;
  }
}
