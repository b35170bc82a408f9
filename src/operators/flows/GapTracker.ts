import { FrameError } from '../../samples/FrameError.js';
import type { Frame } from '../../frame/types.js';
import { type SequenceFault, SequenceWindow } from './SequenceWindow.js';
import { describe } from '../../basics/describe.js';
import { StreamTable } from '../../frame/StreamTable.js';

/** A sequence number that does not follow the one before in its stream. */
export interface Gap {
  /**
   * `'missing'`: numbers were skipped. `'repeated'`: the number has arrived before. `'reordered'`: it arrives after a higher
   * one; if it was counted as missing, it no longer is. `'restarted'`: it is so low that the sender must have started again.
   */
  readonly kind: SequenceFault;
  /** The connection on which the frame arrived, if the driver knows it. */
  readonly peer: number | undefined;
  /** The stream of that connection. */
  readonly streamId: number;
  /** The number that arrived. */
  readonly sequence: number;
  /** The number that would have followed. */
  readonly expected: number;
  /** How many numbers were skipped; 0 unless `kind` is `'missing'`. */
  readonly missing: number;
}

/** Follows the sequence numbers of each stream. */
export class GapTracker {
  readonly #streams: StreamTable<SequenceWindow>;

  readonly #of: string;

  /** @param of the operator, for error texts */
  constructor(of: string, maxStreams: number) {
    this.#of = of;
    this.#streams = new StreamTable(maxStreams, () => new SequenceWindow());
  }

  /** Returns what is wrong with the number of a frame. Usually nothing is, and then nothing is allocated. */
  take(frame: Frame): Gap | undefined {
    const { peer, streamId, sequence } = frame;
    if (!Number.isSafeInteger(sequence) || sequence < 0) {
      const text = `${this.#of}: sequence must be an integer from 0 to 2 ** 53 - 1, not ${describe(sequence)}`;
      throw new FrameError('value', text);
    }
    const stream = this.#streams.of(peer, streamId);
    const expected = stream.next;
    const kind = stream.take(sequence);
    if (kind === undefined) return undefined;
    return { kind, peer, streamId, sequence, expected, missing: kind === 'missing' ? sequence - expected : 0 };
  }
}
