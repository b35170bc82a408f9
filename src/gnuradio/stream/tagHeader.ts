import { CodecError } from '../../errors.js';
import { describePmt } from '../pmt/describePmt.js';
import type { DialectRules } from '../pmt/dialects.js';
import { PmtReader } from '../pmt/PmtReader.js';
import { PmtWriter } from '../pmt/PmtWriter.js';
import type { Tag, TagInput } from './types.js';

/** Magic, version, index of the first item, number of tags. */
const HEADER_BYTES = 19;
const MAGIC_LOW = 0xf0;
const MAGIC_HIGH = 0x5f;
const VERSION = 1;
/** An offset, a symbol of no bytes as key, and a byte each for value and source. */
const LEAST_TAG_BYTES = 13;
const NOTHING = new Uint8Array();

/** The content of a tag header. */
export interface TagHeader {
  /** The index of the message's first item in the sender's stream. */
  readonly firstItem: number;
  /** With offsets from that item, which may be negative or too high. */
  readonly tags: readonly Tag[];
  /** The position of the first item. */
  readonly end: number;
}

/** Whether a message begins like a tag header of the known version. */
export function beginsWithTags(message: Uint8Array): boolean {
  return message[0] === MAGIC_LOW && message[1] === MAGIC_HIGH && message[2] === VERSION;
}

/** @throws CodecError if the message does not begin with a tag header. */
export function readTagHeader(message: Uint8Array, rules: DialectRules): TagHeader {
  const [low, high, version] = message;
  if (low === MAGIC_HIGH && high === MAGIC_LOW) {
    throw new CodecError('the tag header has its bytes swapped (5F F0): the peer is a big-endian machine');
  }
  if (low !== MAGIC_LOW || high !== MAGIC_HIGH) {
    throw new CodecError(
      'the peer sends no tags: the message does not begin with a tag header (F0 5F 01). ' +
        "Set tags: false, or 'auto', or pass_tags in its sink",
    );
  }
  if (version !== VERSION && message.length > 2) {
    throw new CodecError(`the tag header has version ${version}: only ${VERSION} is known`);
  }
  if (message.length < HEADER_BYTES) {
    throw new CodecError(`a tag header has at least ${HEADER_BYTES} bytes, this message has ${message.length}`);
  }
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  const firstItem = readIndex(view, 3);
  if (firstItem > Number.MAX_SAFE_INTEGER) {
    throw new CodecError(
      `the tag header says that its first item is number ${view.getBigUint64(3, true)}, above 2 ** 53`,
    );
  }
  const count = readIndex(view, 11);
  if (count === 0) return { firstItem, tags: [], end: HEADER_BYTES };
  if (count * LEAST_TAG_BYTES > message.length - HEADER_BYTES) {
    throw new CodecError(
      `the tag header announces ${count} tags, but only ${message.length - HEADER_BYTES} bytes follow`,
    );
  }
  return { firstItem, ...readTags(message, view, firstItem, count, rules) };
}

function readTags(
  message: Uint8Array,
  view: DataView,
  firstItem: number,
  count: number,
  rules: DialectRules,
): { readonly tags: readonly Tag[]; readonly end: number } {
  const reader = new PmtReader(message, HEADER_BYTES, rules);
  const tags: Tag[] = [];
  try {
    while (tags.length < count) {
      const { at, left } = reader;
      if (left < LEAST_TAG_BYTES) throw new CodecError(`only ${left} bytes are left for it`);
      reader.at = at + 8;
      const offset = readIndex(view, at) - firstItem;
      const key = reader.read();
      if (typeof key !== 'string') throw new CodecError(`its key must be a symbol, not ${describePmt(key)}`);
      const value = reader.read();
      const source = reader.read();
      tags.push(source === false ? { offset, key, value } : { offset, key, value, source });
    }
  } catch (cause) {
    throw new CodecError(`tag ${tags.length + 1} of ${count} cannot be read: ${(cause as Error).message}`, { cause });
  }
  return { tags, end: reader.at };
}

/** As a number: beyond 2^53 it is not exact, but beyond 2^53 it stays. */
function readIndex(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}

/**
 * Writes tags in the format of a header.
 *
 * @throws CodecError if one cannot be written.
 */
export function writeTags(firstItem: number, tags: readonly TagInput[], rules: DialectRules): Uint8Array {
  if (tags.length === 0) return NOTHING;
  const writer = new PmtWriter(rules, 256);
  for (const { offset, key, value, source = false } of tags) {
    writer.writeIndex(firstItem + offset);
    writer.write(key);
    writer.write(value);
    writer.write(source);
  }
  return writer.written;
}

/** A message with a tag header of this many tags, followed by the tags and the items. */
export function tagHeader(firstItem: number, count: number, behind: readonly Uint8Array[]): Uint8Array {
  const length = behind.reduce((sum, bytes) => sum + bytes.length, HEADER_BYTES);
  const message = new Uint8Array(length);
  const view = new DataView(message.buffer);
  message[0] = MAGIC_LOW;
  message[1] = MAGIC_HIGH;
  message[2] = VERSION;
  view.setBigUint64(3, BigInt(firstItem), true);
  view.setBigUint64(11, BigInt(count), true);
  let at = HEADER_BYTES;
  for (const bytes of behind) {
    message.set(bytes, at);
    at += bytes.length;
  }
  return message;
}
