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
 * @typeParam P what `prepare` gives, where that is not `T`
 */
export interface Codec<T, I = T, P = T> {
  /** Turns a value into the parts of a message. The parts belong to the socket afterwards. */
  encode(value: I): Parts;
  /** Turns the parts of a message into a value, or throws. */
  decode(parts: Parts): T;
  /**
   * How its messages stand on NATS, where a message has one part and a subject: on the subjects of doppler (`'dpstream'`, and
   * `'sigs'`, whose two parts stand behind each other), or with their first part at the end of the subject. @default one part, on
   * the subject that the endpoint names
   */
  readonly subjects?: 'dpstream' | 'sigs' | 'topic';
  /** `false`: the first part is no topic, so that `topics` is refused. @default true */
  readonly topicFirst?: boolean;
  /** What `fromSub` subscribes to unless its option `topics` says otherwise. @default everything */
  readonly topics?: readonly (string | Uint8Array)[];
  /**
   * Makes the codec of one sending socket or of one receiving connection, for a wire that keeps a count or holds values
   * from message to message. Left out: one codec serves all.
   *
   * @param peer which connection it reads, as `peer` of a Frame; `undefined` for a sending socket, and where the driver
   * cannot tell: then one codec reads all connections of the socket
   */
  open?(peer?: number): Codec<T, I, P>;
  /**
   * Completes a value before it is encoded and passed on: what the sink emits. `stamp` makes a Frame of a
   * {@link FrameInput} with the sink's own metadata, sequence and time. Left out: values pass as they are.
   */
  prepare?(value: I, stamp: FrameStamp): P;
}
