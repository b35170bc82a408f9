import type { Parts } from '../basics/Parts.js';
import type { FrameStamp } from '../frame/FrameStamp.js';

/**
 * Converts between message parts and values: an object with `encode` and `decode`, both synchronous.
 *
 * If `decode` throws, its message is invalid, and the stream goes on after it. If `encode` throws, the sink ends with that error.
 * `decode` may keep the parts that it gets.
 *
 * @typeParam T the result of `decode`
 * @typeParam I the argument of `encode`, if it takes more than `T`
 * @typeParam P the result of `prepare`, if it is not `T`
 */
export interface Codec<T, I = T, P = T> {
  /** Converts a value to the parts of a message. The socket owns the parts afterwards. */
  encode(value: I): Parts;
  /** Converts the parts of a message to a value, or throws. */
  decode(parts: Parts): T;
  /**
   * How messages are mapped to NATS, where a message has one part and a subject. `'dpstream'`: on the subjects of doppler;
   * `'sigs'`: the same, with its two parts joined; `'topic'`: the first part is the end of the subject.
   * @default one part, on the subject of the endpoint
   */
  readonly subjects?: 'dpstream' | 'sigs' | 'topic';
  /** `false`: the first part is not a topic, and option `topics` is an error. @default true */
  readonly topicFirst?: boolean;
  /** The topics that `fromSub` subscribes to without its option `topics`. @default all */
  readonly topics?: readonly (string | Uint8Array)[];
  /**
   * Creates a codec for one sending socket or one receiving connection, for wires that count messages or keep values from one message
   * to the next. Without it one codec serves all.
   *
   * @param peer the connection that it decodes, as `peer` of a Frame; `undefined` for a sending socket, and if the driver cannot tell
   * connections apart: then one codec decodes all of them
   */
  open?(peer?: number): Codec<T, I, P>;
  /**
   * Completes a value before it is encoded; the sink emits the result. `stamp` turns a {@link FrameInput} into a Frame with the metadata,
   * sequence number and time of the sink. Without `prepare`, values are encoded and emitted as they are.
   */
  prepare?(value: I, stamp: FrameStamp): P;
}
