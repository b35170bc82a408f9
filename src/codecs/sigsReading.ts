import { decodeFrame } from '../frame/decodeFrame.js';
import type { Frame } from '../frame/types.js';
import type { Codec } from './Codec.js';

const reading: Omit<Codec<Frame, never>, 'encode'> = { decode: decodeFrame, topicFirst: false, subjects: 'sigs' };

/**
 * The codec `sigs` for those who only read. It is the same object, to which the file of `sigs` adds what encodes: so a page of sources
 * alone does not bring that.
 */
export const sigsReading = reading as Codec<Frame, never>;

/** Whether a codec is `sigs`. */
export function isSigs(codec: unknown): boolean {
  return codec === sigsReading;
}
