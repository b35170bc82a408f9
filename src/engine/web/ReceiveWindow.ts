import { closeCodes } from './closeCodes.js';
import { GRANTED_AT } from './SendWindow.js';
import { WebError } from './WebError.js';

/** How much may be unread here, how much is, and how much was read without credit for the peer yet. */
export class ReceiveWindow {
  readonly #maxMessages: number;
  readonly #maxBytes: number;
  /** What the peer considers unread. */
  #messages = 0;
  #bytes = 0;
  /** What of that was read. */
  readMessages = 0;
  readBytes = 0;

  constructor(maxMessages: number, maxBytes: number) {
    this.#maxMessages = maxMessages;
    this.#maxBytes = maxBytes;
  }

  /**
   * A message of that size has arrived.
   *
   * @throws WebError if it exceeds the window, by the rules of `SendWindow`
   */
  came(bytes: number): void {
    const fits = this.#bytes + bytes <= this.#maxBytes || this.#bytes < this.#maxBytes * GRANTED_AT;
    if (!fits || this.#messages >= this.#maxMessages)
      throw new WebError(closeCodes.protocol, 'a message beyond the window');
    this.#messages += 1;
    this.#bytes += bytes;
  }

  /** The user of the socket has read messages. Returns whether the peer should get credit now. */
  read(messages: number, bytes: number): boolean {
    this.readMessages += messages;
    this.readBytes += bytes;
    return this.readMessages >= this.#maxMessages * GRANTED_AT || this.readBytes >= this.#maxBytes * GRANTED_AT;
  }

  /** The peer gets credit for that much. */
  granted(messages: number, bytes: number): void {
    this.readMessages -= messages;
    this.readBytes -= bytes;
    this.#messages -= messages;
    this.#bytes -= bytes;
  }
}
