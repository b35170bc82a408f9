import type { Parts } from '../../basics/Parts.js';
import { Queue } from '../../basics/Queue.js';

/** What a reader says to a writer whose message is here. */
export const OK = new Uint8Array([0x4f, 0x4b]);

/** The answers of a reader, in their order: the native driver takes one at a time. */
export class Acknowledgements {
  readonly #write: (parts: Parts) => boolean | undefined;
  readonly #waiting = new Queue<Parts>();
  /** The first of them is with the driver, which will say what became of it. */
  #isTried = false;

  /** @param write as Socket has it, for messages that it may keep */
  constructor(write: (parts: Parts) => boolean | undefined) {
    this.#write = write;
  }

  /** @param routingId who is told; `undefined`: whoever asked last */
  send(routingId: Uint8Array | undefined): void {
    this.#waiting.push(routingId === undefined ? [OK] : [routingId, OK]);
    this.flush();
  }

  /** There is room, or there may be. */
  flush(): void {
    while (!this.#isTried && this.#waiting.size > 0) {
      this.#isTried = true; // first: room may come before it returns
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

  /** What became of the one that the driver had. One that cannot be sent is nobody's: its peer is gone. */
  tried(outcome: unknown): void {
    this.#isTried = false;
    if (outcome !== false) this.#waiting.shift();
    this.flush();
  }
}
