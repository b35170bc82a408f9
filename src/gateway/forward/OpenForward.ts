import type { Closeable } from './ForwardOptions.js';

/** A forward of a gateway: once it is closed, its path is free again. */
export class OpenForward implements Closeable {
  readonly #forward: Closeable;
  readonly #onClosed: () => void;
  #closed: Promise<void> | undefined;

  constructor(forward: Closeable, onClosed: () => void) {
    this.#forward = forward;
    this.#onClosed = onClosed;
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#forward.close().then(this.#onClosed));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
