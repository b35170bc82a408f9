import { FrameError } from '../../samples/FrameError.js';
import type { Frame } from '../../frame/types.js';
import { type SequenceFault, SequenceWindow } from './SequenceWindow.js';
import { describe } from '../../basics/describe.js';
import { StreamTable } from '../../frame/StreamTable.js';

/** A sequence number that is not the one that follows in its stream. */
export interface Gap {
  /**
   * `'missing'`: numbers were passed over. `'repeated'`: it has come before. `'reordered'`: it comes after a higher one;
   * if it was counted as missing, it no longer is. `'restarted'`: it is so low that its sender must count anew.
   */
  readonly kind: SequenceFault;
  /** The connection that brought the frame, where the driver can tell. */
  readonly peer: number | undefined;
  /** The stream of that connection. */
  readonly streamId: number;
  /** The number that came. */
  readonly sequence: number;
  /** The number that would have followed. */
  readonly expected: number;
  /** How many numbers were passed over; 0 unless `kind` is `'missing'`. */
  readonly missing: number;
}

/** Follows the sequence numbers of each stream. */
export class GapTracker {
  readonly #streams: StreamTable<SequenceWindow>;

  constructor(maxStreams: number) {
    this.#streams = new StreamTable(maxStreams, () => new SequenceWindow());
  }

  /** What is wrong with a frame's number; mostly nothing, and then nothing is allocated. */
  take(frame: Frame): Gap | undefined {
    const { peer, streamId, sequence } = frame;
    if (!Number.isSafeInteger(sequence) || sequence < 0) {
      throw new FrameError('value', `sequence must be an integer from 0 to 2 ** 53 - 1, not ${describe(sequence)}`);
    }
    const stream = this.#streams.of(peer, streamId);
    const expected = stream.next;
    const kind = stream.take(sequence);
    if (kind === undefined) return undefined;
    return { kind, peer, streamId, sequence, expected, missing: kind === 'missing' ? sequence - expected : 0 };
  }
}
