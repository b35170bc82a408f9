import type { Parts } from '../../../basics/Parts.js';
import type { Borrow } from '../../../driver/FrameCursor.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { Rotation } from './Rotation.js';

/** A source of messages: a pipe, or a wrapper of one. */
export interface Source {
  /** As `Pipe.readable`. */
  readonly readable: boolean;
  /** As `Pipe.read`. */
  read(borrow: Borrow): Parts | undefined;
}

/**
 * Reads from many pipes in turns: one whole message from each pipe that has any, before a second message from any of them. It skips
 * an empty pipe until `add`.
 */
export class FairQueue<S extends Source = Pipe> {
  readonly #sources = new Rotation<S>();
  #last: S | undefined;

  /** The source of the last message. */
  get last(): S | undefined {
    return this.#last;
  }

  /** Whether `read` would return a message. */
  get readable(): boolean {
    const sources = this.#sources;
    for (let source = sources.current; source !== undefined; source = sources.current) {
      if (source.readable) return true;
      sources.park(source);
    }
    return false;
  }

  /** The source has something to read. Idempotent. */
  add(source: S): void {
    this.#sources.add(source);
  }

  /** The source is not read again, even if it has messages. */
  remove(source: S): void {
    this.#sources.remove(source);
  }

  /** No more messages will arrive: the source is removed once it is empty. For pipes that are detached. */
  end(source: S): void {
    if (source.readable) this.#sources.add(source);
    this.#sources.dismiss(source);
  }

  /** Returns the next message; `undefined`: no added source has one. */
  read(borrow: Borrow): Parts | undefined {
    const sources = this.#sources;
    for (let source = sources.current; source !== undefined; source = sources.current) {
      const parts = source.read(borrow);
      if (parts !== undefined) {
        this.#last = source;
        sources.advance(source);
        return parts;
      }
      // Only now, at its turn: a source that is parked as soon as it is empty, and comes back at the end, could be served all the time.
      sources.park(source);
    }
    return undefined;
  }
}
