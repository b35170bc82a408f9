/** Has something to send once the running task is done. */
export interface Flushable {
  flush(): void;
}

/** Calls `flush` once for each request, after the running task: so the messages of one task are sent together. */
export class Flusher {
  #waiting: Flushable[] = [];
  readonly #defer: (callback: () => void) => void;

  constructor(defer: (callback: () => void) => void) {
    this.#defer = defer;
  }

  /** Requests one call. */
  ask(who: Flushable): void {
    if (this.#waiting.push(who) === 1) this.#defer(this.#flush);
  }

  readonly #flush = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const who of waiting) who.flush();
  };
}
