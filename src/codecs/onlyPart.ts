import { CodecError } from '../errors.js';
import type { Parts } from '../basics/Parts.js';

/**
 * Returns the only part of a message.
 *
 * @throws CodecError if it has none, or more than one.
 */
export function onlyPart(codec: string, parts: Parts): Uint8Array {
  const [part] = parts;
  if (part === undefined || parts.length !== 1) {
    throw new CodecError(`${codec}: a message must have 1 part, this one has ${parts.length}`);
  }
  return part;
}
