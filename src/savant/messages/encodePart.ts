import { COPIED_BELOW_BYTES } from '../../memory/copiedBelow.js';
import { copyToPage } from '../../memory/pages.js';
import type { Message } from '../schema/types.js';
import type { MessageOverrides } from './MessageOverrides.js';
import { writeBytes } from './writeBytes.js';

/**
 * The bytes of a message that a socket sends and nobody else sees: small ones stand on a page with others. One buffer for each takes
 * a fifth of the whole work of encoding.
 *
 * @throws MessageError as `encodeMessage` says
 */
export function encodePart(message: Message, overrides: MessageOverrides): Uint8Array {
  return writeBytes(message, overrides, copyForSocket);
}

function copyForSocket(from: Uint8Array, start: number, length: number): Uint8Array {
  return length < COPIED_BELOW_BYTES ? copyToPage(from, start, length) : from.slice(start, start + length);
}
