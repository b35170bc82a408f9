import type { Payload } from '../schema/types.js';
import { SequenceCounters } from './SequenceCounters.js';
import { sourceKey } from './sourceKey.js';

/** The sequence numbers of one writer: from 1 for each source, and from 1 again after the end of its stream. */
export class SequenceStamp {
  readonly #counters = new SequenceCounters();

  /** The number for a message with this payload. */
  next(payload: Payload): bigint {
    return this.#counters.last('', sourceKey(payload)) + 1n;
  }

  /** The message has this number. */
  take(payload: Payload, number: bigint): void {
    const source = sourceKey(payload);
    if (payload.kind === 'endOfStream') this.#counters.delete('', source);
    else this.#counters.set('', source, number);
  }
}
