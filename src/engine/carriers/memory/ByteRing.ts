/** The smallest memory of a ring that is not empty. */
const LEAST_BYTES = 1024;

/** A queue of bytes, up to a capacity. It allocates memory as bytes arrive. */
export class ByteRing {
  readonly capacity: number;
  #bytes = new Uint8Array(0);
  #start = 0;
  #size = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.#size;
  }

  /** Copies bytes of a source from an offset on, as many as there is space for; returns how many. */
  push(source: Uint8Array, offset: number): number {
    const count = Math.min(source.length - offset, this.capacity - this.#size);
    if (count === 0) return 0;
    if (this.#size + count > this.#bytes.length) this.#grow(this.#size + count);
    const at = (this.#start + this.#size) % this.#bytes.length;
    const first = Math.min(count, this.#bytes.length - at);
    this.#bytes.set(source.subarray(offset, offset + first), at);
    this.#bytes.set(source.subarray(offset + first, offset + count), 0);
    this.#size += count;
    return count;
  }

  /** Moves the first `count` bytes to the start of a target. */
  shift(target: Uint8Array, count: number): void {
    const first = Math.min(count, this.#bytes.length - this.#start);
    target.set(this.#bytes.subarray(this.#start, this.#start + first));
    target.set(this.#bytes.subarray(0, count - first), first);
    this.#size -= count;
    this.#start = this.#size === 0 ? 0 : (this.#start + count) % this.#bytes.length;
  }

  clear(): void {
    this.#bytes = new Uint8Array(0);
    this.#start = this.#size = 0;
  }

  #grow(least: number): void {
    const bytes = new Uint8Array(Math.min(this.capacity, Math.max(LEAST_BYTES, 2 * least)));
    const size = this.#size;
    this.shift(bytes, size);
    this.#bytes = bytes;
    this.#start = 0;
    this.#size = size;
  }
}
