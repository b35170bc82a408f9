import { takeLarge } from '../../memory/largeBuffers.js';

/** Reads a fixed number of bytes at a time from chunks of any length. */
export class StreamReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  /** Bytes that were read so far. */
  position = 0;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** Reads this many bytes to separate memory; fewer only at the end. */
  async read(length: number): Promise<Uint8Array> {
    const bytes = takeLarge(length);
    let filled = 0;
    while (filled < length) {
      if (this.#chunk.length === 0 && !(await this.#next())) break;
      const part = this.#chunk.subarray(0, length - filled);
      bytes.set(part, filled);
      filled += part.length;
      this.#chunk = this.#chunk.subarray(part.length);
    }
    this.position += filled;
    return filled === length ? bytes : bytes.subarray(0, filled);
  }

  /** Skips this many bytes. */
  async skip(length: number): Promise<void> {
    let left = length;
    while (left > 0) {
      if (this.#chunk.length === 0 && !(await this.#next())) break;
      const count = Math.min(this.#chunk.length, left);
      this.#chunk = this.#chunk.subarray(count);
      left -= count;
      this.position += count;
    }
  }

  async #next(): Promise<boolean> {
    const result = await this.#chunks.next();
    if (result.done === true) return false;
    this.#chunk = result.value;
    return true;
  }
}
