/** An element of a {@link LinkedQueue}, of one at a time, with links to its neighbours. */
export interface Linked<T> {
  before?: T | undefined;
  after?: T | undefined;
}

/** A first-in, first-out queue from which any element can be removed: all at constant cost, and without allocations. */
export class LinkedQueue<T extends Linked<T>> {
  #first: T | undefined;
  #last: T | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): T | undefined {
    return this.#first;
  }

  has(item: T): boolean {
    return item === this.#first || item.before !== undefined;
  }

  push(item: T): void {
    item.before = this.#last;
    item.after = undefined;
    if (this.#last === undefined) this.#first = item;
    else this.#last.after = item;
    this.#last = item;
    this.#size += 1;
  }

  /** Whether it was in the queue. */
  delete(item: T): boolean {
    if (!this.has(item)) return false;
    const { before, after } = item;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    item.before = undefined;
    item.after = undefined;
    this.#size -= 1;
    return true;
  }

  /** Removes all elements, and returns them in their order. */
  clear(): T[] {
    const items = [...this];
    for (const item of items) this.delete(item);
    return items;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let item = this.#first; item !== undefined; item = item.after) yield item;
  }
}
