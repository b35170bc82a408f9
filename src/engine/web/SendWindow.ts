import { closeCodes } from './closeCodes.js';
import { WebError } from './WebError.js';

/** A receiver sends credit at the latest when it has read this share of the window. */
export const GRANTED_AT = 1 / 4;

/**
 * Compares the messages that the peer has not read yet with its window. Less than a quarter of the bytes counts as nothing: the peer
 * may have read that much without having sent credit for it. Then a message of any size may be sent.
 */
export class SendWindow {
  #messages = 0;
  #bytes = 0;
  readonly #maxMessages: number;
  readonly #maxBytes: number;

  constructor(maxMessages: number, maxBytes: number) {
    this.#maxMessages = maxMessages;
    this.#maxBytes = maxBytes;
  }

  get unreadMessages(): number {
    return this.#messages;
  }

  /** Whether a message of that size may be sent after the messages `chosen` just now. */
  admits(bytes: number, chosenMessages: number, chosenBytes: number): boolean {
    const unread = this.#bytes + chosenBytes;
    if (this.#messages + chosenMessages >= this.#maxMessages) return false;
    return unread + bytes <= this.#maxBytes || unread < this.#maxBytes * GRANTED_AT;
  }

  sent(messages: number, bytes: number): void {
    this.#messages += messages;
    this.#bytes += bytes;
  }

  /**
   * The peer has sent credit for what it has read.
   *
   * @throws WebError if the credit is for more than was sent
   */
  credit(messages: number, bytes: number): void {
    if (messages > this.#messages || bytes > this.#bytes)
      throw new WebError(closeCodes.protocol, 'credit for more than was sent');
    this.#messages -= messages;
    this.#bytes -= bytes;
  }
}
