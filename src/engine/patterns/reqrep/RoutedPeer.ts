import type { Parts } from '../../../basics/Parts.js';
import { copyToPage } from '../../../memory/pages.js';
import type { Pipe } from '../../pipes/Pipe.js';
import type { Source } from '../turns/FairQueue.js';
import { prepend } from '../prepend.js';

/** A peer that has a routing id: its messages come with the id before them, and notices of its coming and going among them. */
export class RoutedPeer implements Source {
  readonly pipe: Pipe;
  /** `undefined`: it has not said yet who it is. The table's own array. */
  id: Uint8Array | undefined;
  /** The id is its own: messages can be sent to it, and it is read. */
  isAddressed = false;
  /** Notices that come before the next message. */
  #before = 0;
  /** Notices that come once all that has arrived is read. */
  #after = 0;

  constructor(pipe: Pipe) {
    this.pipe = pipe;
  }

  /** Puts `[id, '']` behind what has arrived. */
  notice(): void {
    if (this.pipe.readable) this.#after += 1;
    else this.#before += 1;
  }

  /** Puts `[id, '']` before what has arrived: it is there from now on. */
  announce(): void {
    this.#before += 1;
  }

  /** A message has arrived after all before it were read, and with them what came after those. */
  refilled(): void {
    this.#before += this.#after;
    this.#after = 0;
  }

  get readable(): boolean {
    return this.#before > 0 || this.#after > 0 || this.pipe.readable;
  }

  read(borrow: boolean): Parts | undefined {
    if (this.#before > 0) {
      this.#before -= 1;
      return this.#notice();
    }
    const parts = this.pipe.read(borrow);
    if (parts !== undefined) return prepend(borrow ? this.id! : this.#ownId(), parts);
    if (this.#after === 0) return undefined;
    this.#after -= 1;
    return this.#notice();
  }

  #notice(): Parts {
    return [this.#ownId(), new Uint8Array()];
  }

  /** Parts that are the reader's may be changed, or transferred to another thread: the table's id must not go with them. */
  #ownId(): Uint8Array {
    return copyToPage(this.id!, 0, this.id!.length);
  }
}
