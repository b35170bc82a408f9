import { CodecError } from '../errors.js';
import { describe } from '../basics/describe.js';
import { isShared } from '../samples/checkSamples.js';
import type { Parts } from '../basics/Parts.js';
import type { Codec } from './Codec.js';

/**
 * Message parts as they are, one `Uint8Array` each. With topics, the first part is the topic.
 *
 * `encode` throws a CodecError for anything but an array of at least one `Uint8Array`, and for a `SharedArrayBuffer`. `decode` accepts
 * every message.
 *
 * @example
 * ```ts
 * fromSub('tcp://host:5556', { codec: raw, topics: ['quotes.'] }).subscribe(([topic, ...rest]) => log(topic, rest));
 * ```
 */
export const raw: Codec<Parts> = {
  encode(parts) {
    if (!Array.isArray(parts))
      throw new CodecError(`raw: a message must be an array of Uint8Arrays, not ${describe(parts)}`);
    if (parts.length === 0) throw new CodecError('raw: a message must have at least 1 part, the array has 0');
    for (let index = 0; index < parts.length; index++) checkPart(parts[index], index);
    return parts.slice(); // the socket may change its array, but not the caller's
  },
  decode: (parts) => parts,
  topicFirst: true,
};

function checkPart(part: unknown, index: number): void {
  if (!ArrayBuffer.isView(part) || (part as Uint8Array)[Symbol.toStringTag] !== 'Uint8Array') {
    throw new CodecError(`raw: part ${index} must be a Uint8Array, not ${describe(part)}`);
  }
  if (!(part.buffer instanceof ArrayBuffer) && isShared(part.buffer)) {
    throw new CodecError(
      `raw: part ${index} is in a SharedArrayBuffer, where another thread could change it while it is sent: ` +
        'send a copy, part.slice()',
    );
  }
}
