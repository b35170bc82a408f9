import type { Parts } from '../../basics/Parts.js';
import { COPIED_BELOW_BYTES } from '../../memory/copiedBelow.js';
import type { Borrow, FrameCursor } from '../../driver/FrameCursor.js';
import { copyToPage } from '../../memory/pages.js';
import { lendLarge, takeLarge } from '../../memory/largeBuffers.js';

/** The start of a part that has its own buffer. */
const WHOLE = -1;
const FIRST_CAPACITY = 16;

/**
 * Messages that have arrived and are not read yet: an index of their parts, in a ring, over the chunks in which they arrived. Nothing
 * is allocated for a part before it is read.
 */
export class Inbox {
  /** Complete messages. */
  messages = 0;
  /** Their bytes. */
  bytes = 0;
  #buffers: (Uint8Array | undefined)[] = [];
  #starts: number[] = [];
  /** The lengths of parts; `-1 - length` if another part follows. */
  #lengths: number[] = [];
  #capacity = 0;
  #head = 0;
  /** Parts in the ring, including those of an incomplete message. */
  #size = 0;
  /** Parts added since the last rescue, including those that were read or dropped since. */
  #recent = 0;
  /** Parts and bytes of the incomplete message. */
  openParts = 0;
  openBytes = 0;
  readonly #newestOnly: boolean;

  constructor(newestOnly: boolean) {
    this.#newestOnly = newestOnly;
  }

  /** Adds a part; without `start` the buffer contains only this part. */
  add(buffer: Uint8Array, length: number, more: boolean, start = WHOLE): void {
    if (this.#size === this.#capacity) this.#grow();
    const at = (this.#head + this.#size) & (this.#capacity - 1);
    this.#buffers[at] = buffer;
    this.#starts[at] = start;
    this.#lengths[at] = more ? -1 - length : length;
    this.#size += 1;
    this.#recent += 1;
    this.openParts += 1;
    this.openBytes += length;
    if (!more) this.#complete();
  }

  /** Removes the next message and returns it. As `Pipe.read`. */
  read(borrow: Borrow): Parts | undefined {
    if (this.messages === 0) return undefined;
    if (typeof borrow === 'object' && this.#place(borrow)) return borrow.parts;
    const parts: Parts = [];
    const mask = this.#capacity - 1;
    for (;;) {
      const at = this.#head;
      const buffer = this.#buffers[at]!;
      const coded = this.#lengths[at]!;
      const length = decoded(coded);
      this.#buffers[at] = undefined;
      this.#head = (at + 1) & mask;
      this.#size -= 1;
      this.bytes -= length;
      parts.push(part(buffer, this.#starts[at]!, length, borrow !== false));
      if (coded >= 0) break;
    }
    this.messages -= 1;
    return parts;
  }

  /** Sets the cursor on the next message, and removes it, if it has two parts; returns whether it has. */
  #place(cursor: FrameCursor): boolean {
    const first = this.#head;
    const second = (first + 1) & (this.#capacity - 1);
    const coded = this.#lengths[first]!;
    const length = this.#lengths[second]!;
    if (coded >= 0 || length < 0) return false;
    const headerStart = this.#starts[first]!;
    const payloadStart = this.#starts[second]!;
    cursor.header = this.#buffers[first]!;
    cursor.headerStart = headerStart === WHOLE ? 0 : headerStart;
    cursor.headerLength = -1 - coded;
    cursor.payload = this.#buffers[second]!;
    cursor.ownsPayload = payloadStart === WHOLE;
    cursor.payloadStart = payloadStart === WHOLE ? 0 : payloadStart;
    cursor.payloadLength = length;
    if (length >= COPIED_BELOW_BYTES) this.#own(cursor);
    this.#buffers[first] = undefined;
    this.#buffers[second] = undefined;
    this.#head = (second + 1) & (this.#capacity - 1);
    this.#size -= 2;
    this.bytes -= length + cursor.headerLength;
    this.messages -= 1;
    return true;
  }

  #own(cursor: FrameCursor): void {
    cursor.payload = part(cursor.payload, cursor.ownsPayload ? WHOLE : cursor.payloadStart, cursor.payloadLength, true);
    cursor.payloadStart = 0;
    cursor.ownsPayload = true;
  }

  /** Drops all complete messages. */
  clear(): void {
    while (this.messages > 0) this.#dropFirst();
  }

  /** Drops the parts of a message that will never be complete. */
  dropOpen(): void {
    const mask = this.#capacity - 1;
    for (; this.openParts > 0; this.openParts -= 1) {
      this.#size -= 1;
      this.#buffers[(this.#head + this.#size) & mask] = undefined;
    }
    this.openBytes = 0;
  }

  /** Copies the parts that are still in a buffer that is about to be used again. Must be called after each use of such a buffer. */
  rescue(buffer: Uint8Array): void {
    const first = Math.max(0, this.#size - this.#recent); // earlier parts are in other buffers
    this.#recent = 0;
    if (first === this.#size) return;
    const mask = this.#capacity - 1;
    let from = buffer.length;
    let to = 0;
    for (let i = first; i < this.#size; i += 1) {
      const at = (this.#head + i) & mask;
      if (this.#buffers[at] !== buffer) continue;
      const start = this.#starts[at]!;
      from = Math.min(from, start);
      to = Math.max(to, start + decoded(this.#lengths[at]!));
    }
    if (from > to) return;
    const copy = buffer.slice(from, to);
    for (let i = first; i < this.#size; i += 1) {
      const at = (this.#head + i) & mask;
      if (this.#buffers[at] !== buffer) continue;
      this.#buffers[at] = copy;
      this.#starts[at]! -= from;
    }
  }

  #complete(): void {
    if (this.#newestOnly) while (this.messages > 0) this.#dropFirst();
    this.messages += 1;
    this.bytes += this.openBytes;
    this.openParts = 0;
    this.openBytes = 0;
  }

  #dropFirst(): void {
    const mask = this.#capacity - 1;
    let coded: number;
    do {
      coded = this.#lengths[this.#head]!;
      this.#buffers[this.#head] = undefined;
      this.#head = (this.#head + 1) & mask;
      this.#size -= 1;
      this.bytes -= decoded(coded);
    } while (coded < 0);
    this.messages -= 1;
  }

  #grow(): void {
    const capacity = Math.max(FIRST_CAPACITY, this.#capacity * 2);
    const turn = <T>(ring: T[]): T[] => [...ring.slice(this.#head), ...ring.slice(0, this.#head)];
    this.#buffers = turn(this.#buffers);
    this.#starts = turn(this.#starts);
    this.#lengths = turn(this.#lengths);
    this.#head = 0;
    this.#capacity = capacity;
  }
}

function decoded(coded: number): number {
  return coded < 0 ? -1 - coded : coded;
}

function part(buffer: Uint8Array, start: number, length: number, borrow: boolean): Uint8Array {
  if (start === WHOLE) {
    if (length >= COPIED_BELOW_BYTES) lendLarge(buffer);
    return buffer;
  }
  if (length === 0) return new Uint8Array();
  if (length >= COPIED_BELOW_BYTES) {
    const own = takeLarge(length);
    own.set(new Uint8Array(buffer.buffer, buffer.byteOffset + start, length));
    lendLarge(own);
    return own;
  }
  return borrow ? new Uint8Array(buffer.buffer, buffer.byteOffset + start, length) : copyToPage(buffer, start, length);
}
