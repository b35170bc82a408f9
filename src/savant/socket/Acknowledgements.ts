import type { Parts } from '../../basics/Parts.js';
import { Queue } from '../../basics/Queue.js';

/** The answer of a reader to a writer whose message has arrived. */
export const OK = new Uint8Array([0x4f, 0x4b]);

/** The answers of a reader, in order: the native driver accepts one at a time. */
export class Acknowledgements {
  readonly #write: (parts: Parts) => boolean | undefined;
  readonly #waiting = new Queue<Parts>();
  /** The driver has the first answer, and will report its outcome. */
  #isTried = false;

  /** @param write like `write` of Socket, for messages that it may keep */
  constructor(write: (parts: Parts) => boolean | undefined) {
    this.#write = write;
  }

  /** @param routingId the peer to answer; `undefined`: the sender of the last request */
  send(routingId: Uint8Array | undefined): void {
    this.#waiting.push(routingId === undefined ? [OK] : [routingId, OK]);
    this.flush();
  }

  /** The socket is ready, or may be. */
  flush(): void {
    while (!this.#isTried && this.#waiting.size > 0) {
      this.#isTried = true; // state first: the socket may become ready before this returns
      let outcome: boolean | undefined = false;
      try {
        outcome = this.#write(this.#waiting.peek()!);
      } finally {
        if (outcome !== undefined) this.#isTried = false;
      }
      if (outcome !== true) return;
      this.#waiting.shift();
    }
  }

  /** The outcome of the answer that the driver had. An answer that cannot be sent is dropped: its peer is gone. */
  tried(outcome: unknown): void {
    this.#isTried = false;
    if (outcome !== false) this.#waiting.shift();
    this.flush();
  }
}
