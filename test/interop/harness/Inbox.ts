interface Waiter<T> {
  readonly wanted: (item: T) => boolean;
  readonly resolve: (item: T) => void;
  readonly reject: (reason: unknown) => void;
}

/** Things that arrive one by one and are taken one by one, by kind: how a test waits for an event. */
export class Inbox<T> {
  readonly #items: T[] = [];
  readonly #waiters: Waiter<T>[] = [];
  #ended: { readonly reason: unknown } | undefined;

  put(item: T): void {
    const index = this.#waiters.findIndex((waiter) => waiter.wanted(item));
    if (index < 0) this.#items.push(item);
    else this.#waiters.splice(index, 1)[0]!.resolve(item);
  }

  /** Nothing arrives any more: whoever still waits for something is told why. */
  end(reason: unknown): void {
    this.#ended ??= { reason };
    for (const waiter of this.#waiters.splice(0)) waiter.reject(this.#ended.reason);
  }

  /** The earliest item nobody took yet that is wanted. */
  take<W extends T>(wanted: (item: T) => item is W): Promise<W>;
  take(wanted?: (item: T) => boolean): Promise<T>;
  take(wanted: (item: T) => boolean = () => true): Promise<T> {
    const index = this.#items.findIndex(wanted);
    if (index >= 0) return Promise.resolve(this.#items.splice(index, 1)[0]!);
    if (this.#ended !== undefined) return Promise.reject(this.#ended.reason);
    return new Promise((resolve, reject) => this.#waiters.push({ wanted, resolve, reject }));
  }

  async takeMany(count: number): Promise<T[]> {
    const taken: T[] = [];
    while (taken.length < count) taken.push(await this.take());
    return taken;
  }

  /** What is there and was not taken. */
  get left(): readonly T[] {
    return this.#items;
  }
}
