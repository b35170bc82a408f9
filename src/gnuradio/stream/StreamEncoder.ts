import type { Parts } from '../../basics/Parts.js';
import { encodeUtf8 } from '../../codecs/utf8.js';
import { CodecError } from '../../errors.js';
import { checkFrame } from '../../frame/checkFrame.js';
import { isShared } from '../../samples/checkSamples.js';
import { MAX_U64 } from '../../frame/header.js';
import { requireLittleEndian } from '../../samples/littleEndian.js';
import { isRate } from '../../frame/SampleTime.js';
import { describe } from '../../basics/describe.js';
import type { StreamSettings } from './streamSettings.js';
import { StreamState, timeTag } from './StreamState.js';
import { tagHeader, writeTags } from './tagHeader.js';
import type { StreamInput, TagInput } from './types.js';

/** The fields of a value that is sent, of any type. */
interface Value extends StreamInput {
  readonly samples?: unknown;
  readonly items?: unknown;
  readonly vlen?: number;
  readonly sampleRate?: number;
  readonly centerFreq?: number;
  readonly timestampNs?: bigint;
}

const NO_TAGS: readonly TagInput[] = [];

/** Writes the messages of one socket. */
export class StreamEncoder {
  readonly #settings: StreamSettings;
  readonly #key: Uint8Array | undefined;
  /** The receiver's view of the tags that were sent. */
  readonly #state: StreamState;
  /** Keys of the values' own tags. */
  readonly #ownKeys = new Set<string>();
  /** Whether messages have tag headers; `undefined`: the first value decides. */
  #hasTags: boolean | undefined;
  readonly #counts: boolean;
  #next = 0;

  /** @param counts whether it counts its items; if not, a value that arrived with an index keeps it */
  constructor(settings: StreamSettings, counts: boolean) {
    this.#settings = settings;
    this.#counts = counts;
    this.#key = settings.key === undefined ? undefined : encodeUtf8('option key', settings.key);
    this.#state = new StreamState({ ...settings, sampleRate: 0, centerFreq: 0 });
    this.#hasTags = settings.tags === 'auto' ? undefined : settings.tags;
  }

  /** @throws CodecError or FrameError if the value cannot be sent. */
  encode(value: unknown): Parts {
    requireLittleEndian();
    const { itemBytes } = this.#settings;
    const facts = (ArrayBuffer.isView(value) ? {} : value) as Value;
    const bytes = this.#bytesOf(value, facts);
    const count = bytes.length / itemBytes;
    const tags = facts.tags === undefined ? NO_TAGS : checkTags(facts.tags, count);
    const hasTags = this.#decide(facts, tags);
    const first = this.#counts ? this.#next : firstOf(facts);
    const message = hasTags ? this.#tagged(bytes, facts, tags, first) : bytes;
    this.#hasTags = hasTags; // after everything that may throw: a reply that cannot be sent does not end the stream
    this.#next = first + count;
    return this.#key === undefined ? [message] : [this.#key, message];
  }

  /** Checks the value, and returns its bytes. */
  #bytesOf(value: unknown, facts: Value): Uint8Array {
    const { type, itemBytes, isFrames, vlen } = this.#settings;
    if (isFrames && !ArrayBuffer.isView(value)) {
      const { name } = checkFrame(value);
      if (name !== type.name) {
        throw new CodecError(
          `a frame of ${name} was given where gnuradio sends ${type.name}: convertSamples makes one`,
        );
      }
    }
    const items = ArrayBuffer.isView(value) ? value : isFrames ? facts.samples : facts?.items;
    if (!ArrayBuffer.isView(items) || (items as Uint8Array)[Symbol.toStringTag] !== type.arrayName) {
      const wanted = isFrames ? `a Frame or a ${type.arrayName}` : `a ${type.arrayName}, or an object with it as items`;
      const given = ArrayBuffer.isView(value) || facts?.items === undefined ? value : items;
      throw new CodecError(
        `gnuradio sends ${type.name} here: ${wanted}, not ${describe(given)}`.replace('a I', 'an I'),
      );
    }
    if (facts.vlen !== undefined && facts.vlen !== vlen) {
      throw new CodecError(`items with vlen ${describe(facts.vlen)} were given where gnuradio sends vlen ${vlen}`);
    }
    if (!isFrames) checkNumbers(facts);
    const { byteLength } = items;
    if (byteLength === 0 || byteLength % itemBytes !== 0) {
      throw new CodecError(
        `gnuradio sends whole items of ${itemBytes} bytes, at least 1, but ${describe(items)} has ${byteLength}`,
      );
    }
    if (isShared(items.buffer)) {
      throw new CodecError(
        `${describe(items)} is in a SharedArrayBuffer, where another thread could change it: send a copy, slice()`,
      );
    }
    return new Uint8Array(items.buffer, items.byteOffset, byteLength);
  }

  #decide(facts: Value, tags: readonly TagInput[]): boolean {
    const { tags: option } = this.#settings;
    if (option !== 'auto') return option;
    if (this.#hasTags === undefined) return tags.length > 0 || facts.firstItem !== undefined;
    if (!this.#hasTags && tags.length > 0) {
      throw new CodecError(
        'the stream began without tags, and now some are to be sent: set tags: true, or false to drop them',
      );
    }
    return this.#hasTags;
  }

  #tagged(bytes: Uint8Array, facts: Value, tags: readonly TagInput[], first: number): Uint8Array {
    const { rules } = this.#settings;
    const own = writeTags(first, tags, rules); // the last call that may throw
    const added = this.#missing(facts, tags, first, bytes.length / this.#settings.itemBytes);
    const count = added.length + tags.length;
    return tagHeader(first, count, [writeTags(first, added, rules), own, bytes]);
  }

  /**
   * The tags to send besides the value's own: a changed rate or frequency, and the time at the beginning, with these, and after a
   * pause of a frame or more. Once a value has its own tag of a kind, no tags of that kind are added.
   */
  #missing(facts: Value, tags: readonly TagInput[], first: number, count: number): readonly TagInput[] {
    const state = this.#state;
    const own = this.#ownKeys;
    const expectedNs = state.timeOf(first);
    let at = 0;
    for (const { key } of tags) if (key.startsWith('rx_')) own.add(key);
    for (; at < tags.length && tags[at]!.offset === 0; at += 1) state.take(tags[at]!.key, tags[at]!.value, first);
    const added: TagInput[] = [];
    const add = (tag: TagInput): void => {
      added.push(tag);
      state.take(tag.key, tag.value, first);
    };

    const sampleRate = facts.sampleRate || this.#settings.sampleRate;
    const centerFreq = facts.centerFreq || this.#settings.centerFreq;
    const hasNewRate = isRate(sampleRate) && sampleRate !== state.sampleRate;
    const hasNewFreq = isFrequency(centerFreq) && centerFreq !== state.centerFreq;
    if (hasNewRate && !own.has('rx_rate')) add({ offset: 0, key: 'rx_rate', value: sampleRate });
    if (hasNewFreq && !own.has('rx_freq')) add({ offset: 0, key: 'rx_freq', value: centerFreq });
    const { timestampNs, firstItem } = facts;
    if (timestampNs && !own.has('rx_time') && isRate(state.sampleRate)) {
      // without a time tag, a source sets the time of arrival: that is not relayed as the time of the samples
      const begins = expectedNs === undefined && firstItem === undefined;
      const pauses = expectedNs !== undefined && timestampNs - expectedNs > state.durationNs(count);
      if (begins || pauses || added.length > 0) add(timeTag(timestampNs));
    }
    for (; at < tags.length; at += 1) state.take(tags[at]!.key, tags[at]!.value, first + tags[at]!.offset);
    return added;
  }
}

function firstOf({ firstItem = 0 }: Value): number {
  if (Number.isSafeInteger(firstItem) && firstItem >= 0) return firstItem;
  throw new CodecError(`firstItem must be an integer from 0 to 2 ** 53 - 1, not ${describe(firstItem)}`);
}

/** Checks the numbers of items; those of a Frame were checked before. */
function checkNumbers({ sampleRate, centerFreq, timestampNs }: Value): void {
  for (const [name, value] of Object.entries({ sampleRate, centerFreq })) {
    if (value !== undefined && typeof value !== 'number') {
      throw new CodecError(`${name} must be a number, not ${describe(value)}`);
    }
  }
  if (timestampNs !== undefined && (typeof timestampNs !== 'bigint' || timestampNs < 0n || timestampNs > MAX_U64)) {
    throw new CodecError(`timestampNs must be a bigint from 0n to 2n ** 64n - 1n, not ${describe(timestampNs)}`);
  }
}

const isFrequency = (value: number): boolean => value !== 0 && Number.isFinite(value);

/** Checks that a receiver would get each tag, and returns them in the order of their items. */
function checkTags(tags: unknown, count: number): readonly TagInput[] {
  if (!Array.isArray(tags))
    throw new CodecError(`tags must be an array of { offset, key, value }, not ${describe(tags)}`);
  let last = 0;
  let sorted = true;
  for (const tag of tags as unknown[]) {
    const { offset, key } = (tag ?? {}) as Partial<TagInput>;
    if (!Number.isSafeInteger(offset) || offset! < 0 || offset! >= count) {
      throw new CodecError(
        `the offset of a tag must be an integer from 0 to ${count - 1}, as there are ${count} items, not ${describe(offset)}`,
      );
    }
    if (typeof key !== 'string') throw new CodecError(`the key of a tag must be a string, not ${describe(key)}`);
    sorted &&= offset! >= last;
    last = offset!;
  }
  return sorted ? (tags as TagInput[]) : (tags as TagInput[]).slice().sort((a, b) => a.offset - b.offset);
}
