import type { Pipe } from '../../pipes/Pipe.js';

/** Sends an empty message to each new pipe, before anything else and only once: later connections of the pipe get none. */
export class Probes {
  readonly #enabled: boolean;
  /** Pipes that were full so far. */
  readonly #due = new Set<Pipe>();

  constructor(enabled = false) {
    this.#enabled = enabled;
  }

  /** A new pipe. */
  attached(pipe: Pipe): void {
    if (!this.#enabled) return;
    this.#due.add(pipe);
    this.ready(pipe);
  }

  /** Its queue may have space now. */
  ready(pipe: Pipe): void {
    if (this.#due.size === 0 || !pipe.writable || !this.#due.delete(pipe)) return;
    pipe.write([new Uint8Array()], true);
  }

  /** The pipe is gone. */
  detached(pipe: Pipe): void {
    this.#due.delete(pipe);
  }
}
