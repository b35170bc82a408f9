import type { SocketStatus } from '../../driver/SocketStatus.js';

/** Reports when a socket is open, and when it is closed. */
export class Opening {
  /** Resolves to the actual endpoint; rejects if it cannot be bound. A socket that connects counts as open once it begins to connect. */
  readonly done: Promise<string>;
  readonly gone: Promise<void>;
  /** It is closed, and has released everything. */
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
    this.done.catch(() => undefined); // its callers get the rejection; without one it must not be unhandled
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
