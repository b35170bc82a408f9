import type { Codec } from './Codec.js';
import { onlyPart } from './onlyPart.js';
import { decodeUtf8, encodeUtf8 } from './utf8.js';

/**
 * Messages of one part: text in UTF-8.
 *
 * Strict: bytes that are not valid UTF-8, a message of several parts, and a string with half a surrogate pair throw a CodecError. With topics, use {@link topic}`(text)`.
 *
 * @example
 * ```ts
 * fromPull('tcp://host:5555', { codec: text }).subscribe((line) => console.log(line));
 * ```
 */
export const text: Codec<string> = {
  encode: (value) => [encodeUtf8('text: the value', value)],
  decode: (parts) => decodeUtf8('text: the message', onlyPart('text', parts)),
  topicFirst: false,
};
