import type { Parts } from '../../../basics/Parts.js';
import type { FrameCursor } from '../../../driver/FrameCursor.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { BasePattern } from '../BasePattern.js';
import { FairQueue } from '../turns/FairQueue.js';

/** Receives from all peers in turns. */
export class PullPattern extends BasePattern {
  readonly #queue = new FairQueue();

  override get from(): Pipe | undefined {
    return this.#queue.last;
  }

  attach(pipe: Pipe): boolean {
    if (pipe.readable) this.readable(pipe);
    return true;
  }

  detach(pipe: Pipe): void {
    this.#queue.end(pipe);
  }

  override readable(pipe: Pipe): void {
    this.#queue.add(pipe);
    this.arrived();
  }

  override receive(borrow: boolean): Parts | undefined {
    return this.#queue.read(borrow) ?? this.nothing();
  }

  receiveAt(cursor: FrameCursor): Parts | undefined {
    return this.#queue.read(cursor) ?? this.nothing();
  }
}
