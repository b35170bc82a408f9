import type { Message } from '../schema/types.js';
import type { MessageOverrides } from './MessageOverrides.js';
import { writeBytes } from './writeBytes.js';

/**
 * Turns a message into the bytes that savant peers read.
 *
 * Attributes that are not persistent stay behind, but for those of objects: there, the hidden ones do. Numbers that the
 * wire has as floats of 32 bits are rounded.
 *
 * @param overrides what a writer stamps a message with, without a copy of it
 * @throws MessageError where a peer would fail on the message: a field is missing, of a wrong type or out of range, a
 * UUID is none, an object's parent is not in its frame, a polygon's tags are not as many as its points. `path` names the field.
 * @example
 * ```ts
 * const bytes = encodeMessage(message(endOfStream('cam-1')));
 * ```
 */
export function encodeMessage(message: Message, overrides?: MessageOverrides): Uint8Array {
  return writeBytes(message, overrides, ownCopy);
}

/** Memory of its own, which its owner may transfer. */
function ownCopy(from: Uint8Array, start: number, length: number): Uint8Array {
  return from.slice(start, start + length);
}
