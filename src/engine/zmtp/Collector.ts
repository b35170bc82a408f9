/** A greeting of ZMTP 3 fits in, so the buffer need not grow for it. */
const FIRST_BYTES = 64;

/** Collects a number of bytes, in whatever pieces they arrive. Its memory grows as they arrive, not when they are announced. */
export class Collector {
  #buffer = new Uint8Array(0);
  #length = 0;
  #wanted: number;

  constructor(wanted: number) {
    this.#wanted = wanted;
  }

  /** The bytes collected so far. The memory is used again after `restart`. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  get whole(): boolean {
    return this.#length === this.#wanted;
  }

  /** Copies as many bytes from `at` on as it still wants, and returns their number. */
  collect(bytes: Uint8Array, at: number): number {
    const count = Math.min(bytes.length - at, this.#wanted - this.#length);
    this.#reserve(this.#length + count);
    this.#buffer.set(bytes.subarray(at, at + count), this.#length);
    this.#length += count;
    return count;
  }

  /** Changes the total number of bytes, including those collected so far. */
  want(wanted: number): void {
    this.#wanted = wanted;
  }

  /** Starts again, for that number of bytes. */
  restart(wanted: number): void {
    this.#length = 0;
    this.#wanted = wanted;
  }

  /** Releases the memory. */
  release(): void {
    this.#buffer = new Uint8Array(0);
    this.restart(0);
  }

  #reserve(length: number): void {
    if (length <= this.#buffer.length) return;
    const larger = Math.min(this.#wanted, Math.max(length, this.#buffer.length * 2));
    const buffer = new Uint8Array(Math.max(FIRST_BYTES, larger));
    buffer.set(this.bytes);
    this.#buffer = buffer;
  }
}
