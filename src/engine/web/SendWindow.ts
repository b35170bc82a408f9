import { closeCodes } from './closeCodes.js';
import { WebError } from './WebError.js';

/** A receiver keeps at most this share of a window back before it says what was read. */
export const GRANTED_AT = 1 / 4;

/**
 * What the peer has not read of what was sent, against its window. Less than a quarter of the bytes counts as nothing: so much may
 * have been read and not told yet, and then a message of any size may go.
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

  /** Whether a message that takes so many bytes may be sent behind what was `chosen` just now. */
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
   * The peer has read so much.
   *
   * @throws WebError where it was never sent
   */
  credit(messages: number, bytes: number): void {
    if (messages > this.#messages || bytes > this.#bytes)
      throw new WebError(closeCodes.protocol, 'credit for more than was sent');
    this.#messages -= messages;
    this.#bytes -= bytes;
  }
}
