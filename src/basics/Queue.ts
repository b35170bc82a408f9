/** So many empty places at the front are not worth a copy. */
const SPARSE = 32;

/** First in, first out, at a constant cost (an array's `shift` moves all that is behind). */
export class Queue<T> {
  #items: (T | undefined)[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  peek(): T | undefined {
    return this.#items[this.#head];
  }

  shift(): T | undefined {
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head === this.#items.length) {
      this.#items.length = 0;
      this.#head = 0;
    } else if (this.#head >= SPARSE && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  some(holds: (item: T) => boolean): boolean {
    return this.#items.some((item, i) => i >= this.#head && holds(item as T));
  }

  clear(): void {
    this.#items = [];
    this.#head = 0;
  }
}
