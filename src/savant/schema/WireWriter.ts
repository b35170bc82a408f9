const FIRST_BYTES = 4096;
/** Memory above this is released once the message is written. */
const KEPT_BYTES = 1024 * 1024;
/** Writes protobuf's tags, lengths and varints, to memory that is reused for the next message. */
export abstract class WireWriter {
  protected memory = new Uint8Array(FIRST_BYTES);
  /** How many bytes are written. */
  protected pos = 0;

  /** Copies what was written to memory that `copy` allocates, and resets the writer. */
  finish(copy: (from: Uint8Array, start: number, length: number) => Uint8Array): Uint8Array {
    const written = copy(this.memory, 0, this.pos);
    this.reset();
    return written;
  }

  /** Discards what was written. */
  reset(): void {
    this.pos = 0;
    if (this.memory.length > KEPT_BYTES) this.memory = new Uint8Array(FIRST_BYTES);
  }

  /**
   * Begins a field with a length. `expected` is an estimate of the length: a wrong one costs a move of the bytes.
   *
   * @returns the argument of {@link close}
   */
  open(tag: number, expected = 0): number {
    this.putTag(tag);
    const width = sizeOf(expected);
    this.room(width);
    this.pos += width;
    return this.pos;
  }

  /** Ends a field, with the same estimate. */
  close(start: number, expected = 0): void {
    const length = this.pos - start;
    const guessed = sizeOf(expected);
    const width = sizeOf(length);
    const moved = width - guessed;
    if (moved !== 0) {
      if (moved > 0) this.room(moved);
      this.memory.copyWithin(start + moved, start, this.pos);
      this.pos += moved;
    }
    const bytes = this.memory;
    let at = start - guessed;
    let rest = length;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes[at++] = (rest & 127) | 128;
    bytes[at] = rest;
  }

  protected putVarint(lowHalf: number, highHalf: number): void {
    this.room(10);
    const bytes = this.memory;
    let pos = this.pos;
    let low = lowHalf >>> 0;
    let high = highHalf >>> 0;
    while (high !== 0) {
      bytes[pos++] = (low & 127) | 128;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    while (low > 127) {
      bytes[pos++] = (low & 127) | 128;
      low >>>= 7;
    }
    bytes[pos++] = low;
    this.pos = pos;
  }

  protected putTag(tag: number): void {
    this.room(2);
    if (tag > 127) {
      this.memory[this.pos++] = (tag & 127) | 128;
      this.memory[this.pos++] = tag >>> 7;
    } else this.memory[this.pos++] = tag;
  }

  protected putByte(byte: number): void {
    this.room(1);
    this.memory[this.pos++] = byte;
  }

  protected room(length: number): void {
    if (this.pos + length > this.memory.length) this.#grow(this.pos + length);
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, this.memory.length * 2));
    larger.set(this.memory.subarray(0, this.pos));
    this.memory = larger;
  }
}

/** How many bytes a length takes. */
export function sizeOf(length: number): number {
  let size = 1;
  for (let rest = length; rest > 127; rest = Math.floor(rest / 128)) size += 1;
  return size;
}
