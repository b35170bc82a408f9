import type { Pipe } from '../../pipes/Pipe.js';

/** Sends an empty message to each new pipe, before anything else and once only: connections that follow in it get none. */
export class Probes {
  readonly #enabled: boolean;
  /** Pipes that had no room for it yet. */
  readonly #due = new Set<Pipe>();

  constructor(enabled = false) {
    this.#enabled = enabled;
  }

  /** A pipe is there. */
  attached(pipe: Pipe): void {
    if (!this.#enabled) return;
    this.#due.add(pipe);
    this.ready(pipe);
  }

  /** It may have room by now. */
  ready(pipe: Pipe): void {
    if (this.#due.size === 0 || !pipe.writable || !this.#due.delete(pipe)) return;
    pipe.write([new Uint8Array()], true);
  }

  /** It is gone. */
  detached(pipe: Pipe): void {
    this.#due.delete(pipe);
  }
}
