/** A map of limited size: a new entry replaces the least recently used one. */
export class LruMap<V> {
  readonly #capacity: number;
  readonly #entries = new Map<string, V>();
  /** The most recently used key: most messages have that of the one before, and a `Map` is copied after every few deletions. */
  #newest: string | undefined;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Returns a value, and marks its key as used. */
  get(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.#place(key, value);
    return value;
  }

  /** Whether there is such a key, without marking it as used. */
  has(key: string): boolean {
    return this.#entries.has(key);
  }

  set(key: string, value: V): void {
    this.#place(key, value);
    if (this.#entries.size <= this.#capacity) return;
    const [oldest] = this.#entries.keys() as Iterable<string> as [string];
    this.#entries.delete(oldest);
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  #place(key: string, value: V): void {
    if (key !== this.#newest) this.#entries.delete(key);
    this.#newest = key;
    this.#entries.set(key, value);
  }
}
