import type { Linked } from '../../basics/LinkedQueue.js';
import type { Parts } from '../../basics/Parts.js';
import type { Delivery } from '../../demand/Delivery.js';
import { copyParts } from '../../memory/copyParts.js';
import type { Outgoing } from './Outgoing.js';
import type { WriterResult } from './WriterResult.js';

/** The listener for the outcome of a message. */
export interface PendingMessageListener {
  /** Reports a wrong answer to the end of a stream and goes on waiting, instead of failing. */
  readonly isTolerant: boolean;
  /** Its turn has come. */
  begun(pending: PendingMessage): void;
  done(pending: PendingMessage, result: WriterResult): void;
  failed(pending: PendingMessage, error: Error): void;
}

/** A message from when it is encoded until its outcome is known. */
export class PendingMessage implements Linked<PendingMessage> {
  readonly outgoing: Outgoing;
  readonly listener: PendingMessageListener;
  /** Whether it was emitted in response to demand: if so, the same is true of its result. */
  governed = true;
  /** The delivery that it belongs to. It is done once the result is emitted. */
  delivery: Delivery | null = null;
  /** Topic, message and data. */
  parts: Parts;
  before: PendingMessage | undefined;
  after: PendingMessage | undefined;
  #isOwned: boolean;

  /** @param isOwned no other code changes its parts */
  constructor(outgoing: Outgoing, parts: Parts, isOwned: boolean, listener: PendingMessageListener) {
    this.outgoing = outgoing;
    this.parts = parts;
    this.#isOwned = isOwned;
    this.listener = listener;
  }

  get isOwned(): boolean {
    return this.#isOwned;
  }

  get endsStream(): boolean {
    return this.outgoing.message.payload.kind === 'endOfStream';
  }

  /** It is queued, so its parts are copied: the sender may change the memory. */
  own(): void {
    if (this.#isOwned) return;
    this.#isOwned = true;
    this.parts = copyParts(this.parts);
  }
}
