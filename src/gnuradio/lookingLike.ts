import type { Parts } from '../basics/Parts.js';
import { CodecError } from '../errors.js';
import { HEADER_BYTES, MAGIC } from '../frame/header.js';
import { dialectRules } from './pmt/dialects.js';
import { PmtReader } from './pmt/PmtReader.js';
import { beginsWithTags } from './stream/tagHeader.js';

/** Longer texts are not checked. */
const MOST_BYTES = 65_536;

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
  const text = textOf(first);
  if (text === undefined) return undefined;
  return isJson(text) ? 'JSON: use the codec json()' : 'text: use the codec text';
}

function isSigsHeader(part: Uint8Array): boolean {
  return part.length === HEADER_BYTES && new DataView(part.buffer, part.byteOffset).getUint32(0, true) === MAGIC;
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

const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(part: Uint8Array): string | undefined {
  if (part.length === 0 || part.length > MOST_BYTES) return undefined;
  try {
    const text = utf8.decode(part);
    return /^[\t\n\r\x20-\x7e\u00a0-\uffff]+$/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  if (!/^\s*[{["]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
