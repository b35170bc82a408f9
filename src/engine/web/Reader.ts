import type { Clock } from '../../time/Clock.js';
import { encodeCredit } from './control.js';
import type { Hello } from './hello.js';
import type { RateLimit } from './RateLimit.js';
import { ReceiveWindow } from './ReceiveWindow.js';

/** How much the peer of a connection may send. */
export interface ReaderSettings {
  readonly clock: Clock;
  readonly hello: Pick<Hello, 'messages' | 'bytes'>;
  /** Creates the limit of how much it may send in a second; `undefined`: there is none. */
  readonly rate: (() => RateLimit) | undefined;
}

/** The window of the receiving side: sends the peer credit for each quarter of it that was read, but not faster than the rates allow. */
export class Reader {
  readonly #clock: Clock;
  readonly #window: ReceiveWindow;
  readonly #rate: RateLimit | undefined;
  readonly #send: (text: string) => void;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor({ clock, hello, rate }: ReaderSettings, send: (text: string) => void) {
    this.#clock = clock;
    this.#window = new ReceiveWindow(hello.messages, hello.bytes);
    this.#send = send;
    this.#rate = rate?.();
  }

  /**
   * A message has arrived.
   *
   * @throws WebError if it exceeds the window
   */
  came(bytes: number): void {
    this.#window.came(bytes);
  }

  /** The user of the socket has read messages. */
  read(messages: number, bytes: number): void {
    if (this.#window.read(messages, bytes) && this.#cancel === undefined) this.#grant();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  readonly #grant = (): void => {
    this.#cancel = undefined;
    if (this.#stopped) return;
    const { readMessages, readBytes } = this.#window;
    const rate = this.#rate;
    if (rate !== undefined) {
      const now = this.#clock.now();
      const waitMs = Math.ceil(rate.waitMs(now));
      if (waitMs > 0) {
        // eslint-disable-next-line no-restricted-syntax -- only sends later; decides nothing
        this.#cancel = this.#clock.after(waitMs, this.#grant);
        return;
      }
      rate.granted(now, readMessages, readBytes);
    }
    this.#window.granted(readMessages, readBytes);
    this.#send(encodeCredit(readMessages, readBytes));
  };
}
