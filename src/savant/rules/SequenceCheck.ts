import type { Message } from '../schema/types.js';
import { SequenceCounters } from './SequenceCounters.js';
import { sourceKey } from './sourceKey.js';

/** A gap: missing messages of a source. */
export interface SequenceGap {
  readonly systemId: string;
  /** `undefined` for payloads that have no source. */
  readonly sourceId: string | undefined;
  readonly expected: bigint;
  readonly received: bigint;
}

/**
 * Finds gaps in the sequence numbers of each source. A number that is not above the last one means that the sender has restarted; a
 * reader that starts late finds one gap for each source.
 */
export class SequenceCheck {
  readonly #counters = new SequenceCounters();

  check({ systemId, seqId, payload }: Message): SequenceGap | undefined {
    const sourceId = sourceKey(payload);
    const expected = this.#counters.last(systemId, sourceId) + 1n;
    if (payload.kind === 'endOfStream') this.#counters.delete(systemId, sourceId);
    else this.#counters.set(systemId, sourceId, seqId);
    return seqId > expected ? { systemId, sourceId, expected, received: seqId } : undefined;
  }
}
