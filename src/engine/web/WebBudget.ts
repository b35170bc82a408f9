/** A client whose messages wait under a budget. */
export interface WebDebtor {
  /** Bytes that wait for it. */
  readonly waitingBytes: number;
  /** There may be room again. */
  roomAgain(): void;
}

/**
 * What may wait for all clients together. While it is used up, those that hold more than their equal share have no room, so that
 * one who reads nothing does not cost the others theirs.
 */
export class WebBudget {
  readonly #maxBytes: number;
  readonly #clients = new Set<WebDebtor>();
  #bytes = 0;
  /** Those that found no room. */
  #waiting = new Set<WebDebtor>();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes that wait for all of them. */
  get bytes(): number {
    return this.#bytes;
  }

  join(client: WebDebtor): void {
    this.#clients.add(client);
  }

  /** It is gone, and nothing waits for it any more. */
  leave(client: WebDebtor): void {
    this.#clients.delete(client);
    this.#waiting.delete(client);
  }

  /** So many more bytes wait, or fewer. */
  add(bytes: number): void {
    this.#bytes += bytes;
    if (bytes < 0 && this.#waiting.size > 0 && this.#bytes <= this.#maxBytes / 2) this.#tell();
  }

  /** Whether more may be queued for a client; `false`: it hears when to ask again. */
  hasRoomFor(client: WebDebtor): boolean {
    if (this.#bytes < this.#maxBytes || client.waitingBytes < this.#maxBytes / this.#clients.size) return true;
    this.#waiting.add(client);
    return false;
  }

  #tell(): void {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const client of waiting) if (this.#clients.has(client)) client.roomAgain();
  }
}
