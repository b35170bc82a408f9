import type { Payload } from '../schema/types.js';
import { SequenceCounters } from './SequenceCounters.js';
import { sourceKey } from './sourceKey.js';

/** The sequence numbers that one writer gives: from 1 for each source, and from 1 again after the end of its stream. */
export class SequenceStamp {
  readonly #counters = new SequenceCounters();

  /** The number that a message with this payload gets. */
  next(payload: Payload): bigint {
    return this.#counters.last('', sourceKey(payload)) + 1n;
  }

  /** It has got it. */
  take(payload: Payload, number: bigint): void {
    const source = sourceKey(payload);
    if (payload.kind === 'endOfStream') this.#counters.delete('', source);
    else this.#counters.set('', source, number);
  }
}
