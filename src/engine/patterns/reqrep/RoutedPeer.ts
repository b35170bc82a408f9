import type { Parts } from '../../../basics/Parts.js';
import { copyToPage } from '../../../memory/pages.js';
import type { Pipe } from '../../pipes/Pipe.js';
import type { Source } from '../turns/FairQueue.js';
import { prepend } from '../prepend.js';

/** A peer with a routing id: `read` puts the id before its messages, and returns notices of its connects and disconnects in order. */
export class RoutedPeer implements Source {
  readonly pipe: Pipe;
  /** `undefined`: it has no id yet. The array of the table. */
  id: Uint8Array | undefined;
  /** It holds the id: messages can be sent to it, and it is read. */
  isAddressed = false;
  /** Notices before the next message. */
  #before = 0;
  /** Notices after all messages that have arrived. */
  #after = 0;

  constructor(pipe: Pipe) {
    this.pipe = pipe;
  }

  /** Adds `[id, '']` after the messages that have arrived. */
  notice(): void {
    if (this.pipe.readable) this.#after += 1;
    else this.#before += 1;
  }

  /** Adds `[id, '']` before the messages that have arrived: the peer counts as connected from now on. */
  announce(): void {
    this.#before += 1;
  }

  /** A message has arrived after all earlier ones were read: the notices after those are due before it. */
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

  /** The reader may change its parts, or transfer them to another thread. So they must not contain the table's array. */
  #ownId(): Uint8Array {
    return copyToPage(this.id!, 0, this.id!.length);
  }
}
