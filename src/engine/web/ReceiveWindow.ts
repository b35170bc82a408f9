import { closeCodes } from './closeCodes.js';
import { GRANTED_AT } from './SendWindow.js';
import { WebError } from './WebError.js';

/** What may be unread here, what is, and what was read and not told to the peer. */
export class ReceiveWindow {
  readonly #maxMessages: number;
  readonly #maxBytes: number;
  /** That the peer believes to be unread. */
  #messages = 0;
  #bytes = 0;
  /** That was read of it. */
  readMessages = 0;
  readBytes = 0;

  constructor(maxMessages: number, maxBytes: number) {
    this.#maxMessages = maxMessages;
    this.#maxBytes = maxBytes;
  }

  /**
   * A message has come, which takes so many bytes.
   *
   * @throws WebError where it is beyond the window, as `SendWindow` goes by it
   */
  came(bytes: number): void {
    const fits = this.#bytes + bytes <= this.#maxBytes || this.#bytes < this.#maxBytes * GRANTED_AT;
    if (!fits || this.#messages >= this.#maxMessages)
      throw new WebError(closeCodes.protocol, 'a message beyond the window');
    this.#messages += 1;
    this.#bytes += bytes;
  }

  /** So much was read by whoever uses the socket. Gives whether the peer is to hear of it. */
  read(messages: number, bytes: number): boolean {
    this.readMessages += messages;
    this.readBytes += bytes;
    return this.readMessages >= this.#maxMessages * GRANTED_AT || this.readBytes >= this.#maxBytes * GRANTED_AT;
  }

  /** The peer is told of so much. */
  granted(messages: number, bytes: number): void {
    this.readMessages -= messages;
    this.readBytes -= bytes;
    this.#messages -= messages;
    this.#bytes -= bytes;
  }
}
