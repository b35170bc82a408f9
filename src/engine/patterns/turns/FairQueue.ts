import type { Parts } from '../../../basics/Parts.js';
import type { Borrow } from '../../../driver/FrameCursor.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { Rotation } from './Rotation.js';

/** Where messages come from: a pipe, or what stands before one. */
export interface Source {
  /** As `Pipe.readable`. */
  readonly readable: boolean;
  /** As `Pipe.read`. */
  read(borrow: Borrow): Parts | undefined;
}

/**
 * Reads from many pipes, one whole message from each that has any before a second from one. Who has none is passed over until
 * `add`.
 */
export class FairQueue<S extends Source = Pipe> {
  readonly #sources = new Rotation<S>();
  #last: S | undefined;

  /** Where the last message came from. */
  get last(): S | undefined {
    return this.#last;
  }

  /** Whether `read` would give a message. */
  get readable(): boolean {
    const sources = this.#sources;
    for (let source = sources.current; source !== undefined; source = sources.current) {
      if (source.readable) return true;
      sources.park(source);
    }
    return false;
  }

  /** It has something to read. Idempotent. */
  add(source: S): void {
    this.#sources.add(source);
  }

  /** It is read no more, whatever it may hold. */
  remove(source: S): void {
    this.#sources.remove(source);
  }

  /** It gets no more than it has: it is forgotten once that has been read. What to do with a pipe that is detached. */
  end(source: S): void {
    if (source.readable) this.#sources.add(source);
    this.#sources.dismiss(source);
  }

  /** The next message; `undefined`: none of those that were added has one. */
  read(borrow: Borrow): Parts | undefined {
    const sources = this.#sources;
    for (let source = sources.current; source !== undefined; source = sources.current) {
      const parts = source.read(borrow);
      if (parts !== undefined) {
        this.#last = source;
        sources.advance(source);
        return parts;
      }
      // Only now, at its turn: whoever were parked as soon as it is empty, and came back at the end, could be served all the time.
      sources.park(source);
    }
    return undefined;
  }
}
