import type { SocketStatus } from '../../driver/SocketStatus.js';

/** When a socket is open, and when it is gone. */
export class Opening {
  /** Gives the real endpoint; rejects where it cannot be bound. A side that connects is open once it begins to. */
  readonly done: Promise<string>;
  readonly gone: Promise<void>;
  /** It is gone, with all it held. */
  closed!: () => void;
  readonly #binds: boolean;
  #opened!: (endpoint: string) => void;
  #failed!: (error: Error) => void;

  constructor(binds: boolean) {
    this.#binds = binds;
    this.done = new Promise((resolve, reject) => {
      this.#opened = resolve;
      this.#failed = reject;
    });
    this.done.catch(() => undefined); // whoever waits for it is told
    this.gone = new Promise((resolve) => (this.closed = resolve));
  }

  hear({ kind, endpoint }: SocketStatus, connected: string): void {
    if (kind === 'listening') this.#opened(endpoint);
    else if (!this.#binds) this.#opened(connected);
  }

  failed(error: Error): void {
    this.#failed(error);
  }
}
