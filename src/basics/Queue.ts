/** The first capacity, a power of two; an empty queue keeps this much. */
const FEWEST = 16;

/** A first-in, first-out queue at constant cost (an array's `shift` moves all other elements): a ring buffer. */
export class Queue<T> {
  #places: (T | undefined)[] = [];
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(item: T): void {
    if (this.#size === this.#places.length) this.#grow();
    this.#places[(this.#head + this.#size) & (this.#places.length - 1)] = item;
    this.#size += 1;
  }

  peek(): T | undefined {
    return this.#size === 0 ? undefined : this.#places[this.#head];
  }

  shift(): T | undefined {
    if (this.#size === 0) return undefined;
    const item = this.#places[this.#head];
    this.#places[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#places.length - 1);
    this.#size -= 1;
    if (this.#size === 0 && this.#places.length > FEWEST) this.clear();
    return item;
  }

  some(holds: (item: T) => boolean): boolean {
    for (let i = 0; i < this.#size; i += 1) {
      if (holds(this.#places[(this.#head + i) & (this.#places.length - 1)] as T)) return true;
    }
    return false;
  }

  clear(): void {
    this.#places = [];
    this.#head = this.#size = 0;
  }

  #grow(): void {
    const places = [...this.#places.slice(this.#head), ...this.#places.slice(0, this.#head)];
    places.length = Math.max(FEWEST, places.length * 2);
    this.#places = places.fill(undefined, this.#size);
    this.#head = 0;
  }
}
