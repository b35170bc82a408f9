import { decodeParts } from '../frame/decodeParts.js';
import type { Frame } from '../frame/types.js';
import type { Codec } from './Codec.js';

const reading: Omit<Codec<Frame, never>, 'encode'> = { decode: decodeParts, topicFirst: false, subjects: 'sigs' };

/**
 * The codec `sigs` for code that only reads. It is the same object; the file of `sigs` adds the encoding to it, so that a page
 * with only sources does not load that.
 */
export const sigsReading = reading as Codec<Frame, never>;

/** Whether a codec is `sigs`. */
export function isSigs(codec: unknown): boolean {
  return codec === sigsReading;
}
