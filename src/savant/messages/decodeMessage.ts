import { describe } from '../../basics/describe.js';
import { readMessage } from '../schema/codec.js';
import { Reader } from '../schema/Reader.js';
import { MessageError } from '../schema/MessageError.js';
import type { Message } from '../schema/types.js';

/** How to decode a message. */
export interface DecodeOptions {
  /**
   * Whether to keep attributes of objects and of user data that are not persistent, which savant readers drop: for tools that show
   * the content of the wire. @default false
   */
  readonly keepTemporary?: boolean | undefined;
}

/**
 * Decodes the bytes of a savant peer to a message.
 *
 * Byte fields are views of `bytes`, not copies: if you change or reuse `bytes`, the message changes. Unknown fields are ignored.
 *
 * @param bytes the second part of a message
 * @param options how the bytes are read
 * @throws MessageError if the bytes are not valid protobuf, or a required field is missing or wrong; `path` names it.
 * @example
 * ```ts
 * const { payload } = decodeMessage(bytes);
 * if (payload.kind === 'videoFrame') console.log(payload.sourceId, payload.objects.length);
 * ```
 */
export function decodeMessage(bytes: Uint8Array, options?: DecodeOptions): Message {
  if (!ArrayBuffer.isView(bytes) || bytes[Symbol.toStringTag] !== 'Uint8Array') {
    throw new MessageError('', `decodeMessage: bytes must be a Uint8Array, not ${describe(bytes)}`);
  }
  return readMessage(new Reader(bytes, options?.keepTemporary), bytes.length);
}
