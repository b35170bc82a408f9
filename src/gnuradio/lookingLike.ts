import type { Parts } from '../basics/Parts.js';
import { textLook } from '../codecs/textLook.js';
import { CodecError } from '../errors.js';
import { isSigsHeader } from '../frame/isSigsHeader.js';
import { dialectRules } from './pmt/dialects.js';
import { PmtReader } from './pmt/PmtReader.js';
import { beginsWithTags } from './stream/tagHeader.js';

/** An error for a message that the codec `by` could not read; it says which other format the message looks like, if any. */
export function lookingLike(by: 'gnuradio' | 'pmt', error: CodecError, parts: Parts): CodecError {
  const look = lookOf(by, parts);
  return look === undefined ? error : new CodecError(`${error.message}; it looks like ${look}`, { cause: error });
}

function lookOf(by: 'gnuradio' | 'pmt', parts: Parts): string | undefined {
  const [first, second] = parts;
  if (first === undefined) return undefined;
  if (second !== undefined) return isSigsHeader(first) ? 'a SIGS frame: leave out the codec' : undefined;
  if (beginsWithTags(first)) return by === 'gnuradio' ? undefined : 'a stream with tags: use the codec gnuradio()';
  if (isPmt(first)) return 'a PMT: use the codec pmt()';
  return textLook(first);
}

function isPmt(part: Uint8Array): boolean {
  if (part.length < 2) return false; // a single byte nearly always looks like one
  try {
    const reader = new PmtReader(part, 0, dialectRules());
    reader.read();
    return reader.left === 0;
  } catch {
    return false;
  }
}
