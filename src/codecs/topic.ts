import { CodecError, OptionError } from '../errors.js';
import { describe } from '../basics/describe.js';
import type { FrameStamp } from '../frame/FrameStamp.js';
import type { Codec } from './Codec.js';
import { decodeUtf8, encodeUtf8 } from './utf8.js';

/** A value with its topic. */
export interface Topical<T> {
  /** The first part of the message, as text. SUB sockets compare its beginning. */
  readonly topic: string;
  /** The value of the other parts. */
  readonly value: T;
}

/**
 * Messages whose first part is their topic, as UTF-8 text; another codec converts the other parts.
 *
 * Both directions throw a CodecError if the topic is missing or not valid, and the exceptions of `codec`.
 *
 * @param codec for the parts after the topic
 * @throws OptionError if `codec` is not a codec.
 * @example
 * ```ts
 * fromSub('tcp://host:5556', { codec: topic(json()), topics: ['quotes.'] }).subscribe(({ topic, value }) => {});
 * ```
 */
export function topic<T, I = T>(codec: Codec<T, I>): Codec<Topical<T>, Topical<I>> {
  if (typeof codec?.encode !== 'function' || typeof codec.decode !== 'function') {
    throw new OptionError('codec', codec, `topic: codec must have encode and decode, got ${describe(codec)}`);
  }
  return {
    encode(topical) {
      checkTopical(topical);
      return [encodeUtf8('topic: the topic', topical.topic), ...codec.encode(topical.value)];
    },
    decode(parts) {
      const [first, ...rest] = parts;
      if (first === undefined) throw new CodecError('topic: a message must have at least 1 part, this one has 0');
      return { topic: decodeUtf8('topic: the topic', first), value: codec.decode(rest) };
    },
    topicFirst: true,
    subjects: 'topic',
    ...(codec.open && { open: (peer) => topic(codec.open!(peer)) }),
    ...(codec.prepare && {
      prepare(topical: Topical<I>, stamp: FrameStamp): Topical<T> {
        checkTopical(topical);
        return { topic: topical.topic, value: codec.prepare!(topical.value, stamp) };
      },
    }),
  };
}

function checkTopical(value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('topic' in value)) {
    throw new CodecError(`topic: a value must be { topic, value }, not ${describe(value)}`);
  }
}
