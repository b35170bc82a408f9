import type { Message } from '../schema/types.js';
import type { MessageOverrides } from './MessageOverrides.js';
import { writeBytes } from './writeBytes.js';

/**
 * Encodes a message as the bytes that savant peers read.
 *
 * Attributes that are not persistent are not sent; of objects, hidden attributes are not sent. Numbers that are 32-bit floats on
 * the wire are rounded.
 *
 * @param message the message; its fields are checked
 * @param overrides values that a writer sets, without copying the message
 * @throws MessageError if a peer would fail on the message: a field is missing, of a wrong type or out of range, a UUID is invalid,
 * an object's parent is not in its frame, a polygon does not have as many tags as points. `path` names the field.
 * @example
 * ```ts
 * const bytes = encodeMessage(message(endOfStream('cam-1')));
 * ```
 */
export function encodeMessage(message: Message, overrides?: MessageOverrides): Uint8Array {
  return writeBytes(message, overrides, ownCopy);
}

/** A separate copy, which its owner may transfer. */
function ownCopy(from: Uint8Array, start: number, length: number): Uint8Array {
  return from.slice(start, start + length);
}
