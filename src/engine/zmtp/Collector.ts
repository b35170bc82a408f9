/** A greeting of ZMTP 3 fits in without growing. */
const FIRST_BYTES = 64;

/** Puts so many bytes together, however they arrive. It takes memory as they do, not as they are announced. */
export class Collector {
  #buffer = new Uint8Array(0);
  #length = 0;
  #wanted: number;

  constructor(wanted: number) {
    this.#wanted = wanted;
  }

  /** What is there. The memory is used again after `restart`. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  get whole(): boolean {
    return this.#length === this.#wanted;
  }

  /** Copies what it wants of the bytes from there on, and gives how many those are. */
  collect(bytes: Uint8Array, at: number): number {
    const count = Math.min(bytes.length - at, this.#wanted - this.#length);
    this.#reserve(this.#length + count);
    this.#buffer.set(bytes.subarray(at, at + count), this.#length);
    this.#length += count;
    return count;
  }

  /** So many in all, those that are there included. */
  want(wanted: number): void {
    this.#wanted = wanted;
  }

  /** Anew. */
  restart(wanted: number): void {
    this.#length = 0;
    this.#wanted = wanted;
  }

  /** It is needed no more. */
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
