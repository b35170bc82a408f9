import type { Linked } from '../../basics/LinkedQueue.js';
import type { Parts } from '../../basics/Parts.js';
import type { Delivery } from '../../demand/Delivery.js';
import { copyParts } from '../../memory/copyParts.js';
import type { Outgoing } from './Outgoing.js';
import type { WriterResult } from './WriterResult.js';

/** Who hears what became of a message. */
export interface PendingMessageListener {
  /** A wrong answer to the end of a stream is told and waited past, instead of an error. */
  readonly isTolerant: boolean;
  /** Its turn has come. */
  begun(pending: PendingMessage): void;
  done(pending: PendingMessage, result: WriterResult): void;
  failed(pending: PendingMessage, error: Error): void;
}

/** A message on its way, from when it is encoded until it is known what became of it. */
export class PendingMessage implements Linked<PendingMessage> {
  readonly outgoing: Outgoing;
  readonly listener: PendingMessageListener;
  /** Whether it was asked for: then so is its result. */
  governed = true;
  /** What it belongs to: done with once its result is told. */
  delivery: Delivery | null = null;
  /** Topic, message and data. */
  parts: Parts;
  before: PendingMessage | undefined;
  after: PendingMessage | undefined;
  #isOwned: boolean;

  /** @param isOwned nobody else changes its parts */
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

  /** It has to wait: its sender may change what it was made of. */
  own(): void {
    if (this.#isOwned) return;
    this.#isOwned = true;
    this.parts = copyParts(this.parts);
  }
}
