/** A client whose queued messages count for a budget. */
export interface WebDebtor {
  /** Bytes queued for it. */
  readonly waitingBytes: number;
  /** The budget may have space again. */
  roomAgain(): void;
}

/**
 * How much may be queued for all clients together. While it is used up, only clients that hold less than an equal share may queue
 * more, so that a client that reads nothing does not take the space of the others.
 */
export class WebBudget {
  readonly #maxBytes: number;
  readonly #clients = new Set<WebDebtor>();
  #bytes = 0;
  /** Clients that found no space. */
  #waiting = new Set<WebDebtor>();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes queued for all clients. */
  get bytes(): number {
    return this.#bytes;
  }

  join(client: WebDebtor): void {
    this.#clients.add(client);
  }

  /** The client is gone, and has no queued messages any more. */
  leave(client: WebDebtor): void {
    this.#clients.delete(client);
    this.#waiting.delete(client);
  }

  /** Adds to the queued bytes; a negative number removes. */
  add(bytes: number): void {
    this.#bytes += bytes;
    if (bytes < 0 && this.#waiting.size > 0 && this.#bytes <= this.#maxBytes / 2) this.#tell();
  }

  /** Less is queued for a client: it may have space again although others hold what all may hold together. */
  eased(client: WebDebtor): void {
    if (client.waitingBytes <= this.#share / 2 && this.#waiting.delete(client)) client.roomAgain();
  }

  /** Whether more may be queued for a client; `false`: its `roomAgain` is called when it may ask again. */
  hasRoomFor(client: WebDebtor): boolean {
    if (this.#bytes < this.#maxBytes || client.waitingBytes < this.#share) return true;
    this.#waiting.add(client);
    return false;
  }

  get #share(): number {
    return this.#maxBytes / this.#clients.size;
  }

  #tell(): void {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const client of waiting) if (this.#clients.has(client)) client.roomAgain();
  }
}
