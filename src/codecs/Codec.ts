import type { Parts } from '../basics/Parts.js';
import type { FrameStamp } from '../frame/FrameStamp.js';

/**
 * What message parts mean: a value with `encode` and `decode`, both synchronous.
 *
 * A `decode` that throws makes its message an invalid one, a stream goes on after it. An `encode` that throws ends
 * the sink with that error. The parts `decode` gets are its own to keep.
 *
 * @typeParam T what `decode` gives
 * @typeParam I what `encode` takes, where that is more than `T`
 */
export interface Codec<T, I = T> {
  /** Turns a value into the parts of a message. The parts belong to the socket afterwards. */
  encode(value: I): Parts;
  /** Turns the parts of a message into a value, or throws. */
  decode(parts: Parts): T;
  /** `false`: the first part is no topic, so that `topics` is refused. @default true */
  readonly topicFirst?: boolean;
  /**
   * Completes a value before it is encoded and passed on: what the sink emits. `stamp` makes a Frame of a
   * {@link FrameInput} with the sink's own metadata, sequence and time. Left out: values pass as they are.
   */
  prepare?(value: I, stamp: FrameStamp): T;
}
