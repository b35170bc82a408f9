import { decodeUtf8 } from '../../codecs/utf8.js';
import type { Parts } from '../../basics/Parts.js';
import { CodecError } from '../../errors.js';
import { getTimestampNs } from '../../time/getTimestampNs.js';
import { PROTOCOL, VERSION } from '../../frame/header.js';
import { requireLittleEndian } from '../../samples/littleEndian.js';
import { lookingLike } from '../lookingLike.js';
import type { StreamSettings } from './streamSettings.js';
import { StreamState } from './StreamState.js';
import { beginsWithTags, readTagHeader, type TagHeader } from './tagHeader.js';
import type { Tag } from './types.js';

/** How many keys of one connection are tracked; the one that was silent for longest is removed. */
const MAX_KEYS = 256;
const NO_TAGS: readonly Tag[] = [];

/** The state of one stream. */
interface Stream {
  readonly id: number;
  readonly state: StreamState;
  /** Whether its messages have tag headers; `undefined`: none has arrived yet, or several peers may send them. */
  hasTags: boolean | undefined;
  /** The index of the item that follows. */
  next: number;
  /** The number of the message that follows. */
  sequence: number;
  /** The number of items of the last message. */
  before: number;
}

/** Reads the messages of one connection. */
export class StreamDecoder {
  readonly #settings: StreamSettings;
  readonly #peer: number | undefined;
  /** By their keys; the one with the newest message is the last. */
  readonly #streams = new Map<string, Stream>();
  #opened = 0;

  constructor(settings: StreamSettings, peer: number | undefined) {
    this.#settings = settings;
    this.#peer = peer;
  }

  /** @throws CodecError if the message is not what the options say. */
  decode(parts: Parts): object {
    requireLittleEndian();
    try {
      return this.#decode(parts);
    } catch (error) {
      throw lookingLike('gnuradio', error as CodecError, parts);
    }
  }

  #decode(parts: Parts): object {
    const { type, vlen, itemBytes, isFrames } = this.#settings;
    const key = this.#keyOf(parts);
    const message = plain(parts[parts.length - 1]!);
    if (message.length === 0) throw new CodecError('the message is empty');
    const stream = this.#streamOf(key ?? '');
    const header = this.#headerOf(message, stream);
    const start = header?.end ?? 0;
    const length = message.length - start;
    if (length % itemBytes !== 0) throw this.#wrongLength(length, header);
    if (length === 0) throw new CodecError('the message is a tag header without items');

    const count = length / itemBytes;
    const tags = header === undefined ? NO_TAGS : tagsWithin(header.tags, count);
    const { sampleRate, centerFreq, timestampNs, sequence, lost } = this.#follow(stream, header, tags, count);
    const aligned = (message.byteOffset + start) % (type.bytes / type.elements) === 0;
    const bytes = aligned ? message : message.slice(start);
    const offset = aligned ? message.byteOffset + start : 0;
    const items = type.make(bytes.buffer, offset, (length / type.bytes) * type.elements);
    // literals, with optional keys added later: a spread takes as long as copying the samples
    const read: Record<string, unknown> = isFrames
      ? {
          sampleType: type.name,
          samples: items,
          numSamples: count,
          sampleRate,
          centerFreq,
          sequence,
          timestampNs,
          streamId: stream.id,
          flags: 0,
          protocol: PROTOCOL,
          version: VERSION,
          tags,
          lost,
        }
      : {
          itemType: type.name,
          items,
          numItems: count,
          vlen,
          sampleRate,
          centerFreq,
          sequence,
          timestampNs,
          tags,
          lost,
        };
    if (header !== undefined) read['firstItem'] = header.firstItem;
    if (key !== undefined) read['key'] = key;
    if (this.#peer !== undefined) read['peer'] = this.#peer;
    return read;
  }

  /** Removes the key. */
  #keyOf(parts: Parts): string | undefined {
    const { key } = this.#settings;
    const wanted = key === undefined ? 1 : 2;
    if (parts.length === wanted) {
      if (key === undefined) return undefined;
      const own = decodeUtf8('the key', parts[0]!);
      if (own.startsWith(key)) return own;
      throw new CodecError(`the message has the key '${own}', which does not begin with '${key}'`);
    }
    if (key !== undefined) {
      const hint = parts.length === 1 ? 'the peer sends no key: leave out option key, or set one in its sink' : '';
      throw new CodecError(
        `a message with a key has 2 parts, this one has ${parts.length}; ${hint}`.replace(/; $/, ''),
      );
    }
    const hint = parts.length === 2 ? "; if the peer sends a key, say which by option 'key'" : '';
    throw new CodecError(`a message of a stream has 1 part, this one has ${parts.length}${hint}`);
  }

  /** The tag header; `undefined` if there is none and none is required. */
  #headerOf(message: Uint8Array, stream: Stream): TagHeader | undefined {
    const { tags, itemBytes, rules } = this.#settings;
    if (tags === true) return readTagHeader(message, rules);
    if (!beginsWithTags(message)) {
      if (stream.hasTags === true) return readTagHeader(message, rules); // throws, and says what is missing
      return undefined;
    }
    const fits = message.length % itemBytes === 0;
    if (tags === 'auto' && stream.hasTags === true) return readTagHeader(message, rules);
    if (fits && stream.hasTags === false) return undefined; // samples that begin like a header by chance
    let header: TagHeader | undefined;
    try {
      header = readTagHeader(message, rules);
    } catch (error) {
      if (fits) return undefined;
      throw error;
    }
    if ((message.length - header.end) % itemBytes !== 0 && fits) return undefined;
    if (tags === 'auto') return header;
    throw new CodecError("the peer sends tags: set tags: true, or 'auto', or clear pass_tags in its sink");
  }

  #wrongLength(length: number, header: TagHeader | undefined): CodecError {
    const { type, vlen, itemBytes } = this.#settings;
    const item = vlen === 1 ? type.name : `${type.name} with vlen ${vlen}`;
    const where = header === undefined ? '' : ` behind its tag header of ${header.end}`;
    return new CodecError(
      `the message has ${length} bytes${where}, not a multiple of ${itemBytes}: an item is ${item}`,
    );
  }

  #streamOf(key: string): Stream {
    const streams = this.#streams;
    const known = streams.get(key);
    if (known !== undefined) {
      if (streams.size > 1) {
        streams.delete(key);
        streams.set(key, known);
      }
      return known;
    }
    const state = new StreamState(this.#settings);
    const stream: Stream = { id: this.#opened, state, hasTags: undefined, next: -1, sequence: 0, before: 0 };
    this.#opened = (this.#opened + 1) >>> 0;
    if (streams.size >= MAX_KEYS) streams.delete(streams.keys().next().value!);
    streams.set(key, stream);
    return stream;
  }

  /** Updates the state with a message, and returns its metadata. */
  #follow(stream: Stream, header: TagHeader | undefined, tags: readonly Tag[], count: number) {
    const first = header?.firstItem ?? Math.max(stream.next, 0);
    let lost = 0;
    if (stream.next >= 0 && first > stream.next) {
      lost = first - stream.next;
      stream.sequence += Math.max(1, Math.round(lost / stream.before));
    } else if (first < stream.next) {
      stream.sequence += 1; // its sender has restarted: the message does not continue the last one
      stream.state.restart();
    }
    if (stream.sequence >= Number.MAX_SAFE_INTEGER) stream.sequence = 0; // an index may jump as it likes
    const { state } = stream;
    let taken = 0;
    for (; taken < tags.length && tags[taken]!.offset === 0; taken += 1) {
      state.take(tags[taken]!.key, tags[taken]!.value, first);
    }
    const { sampleRate, centerFreq } = state;
    let timestampNs = state.timeOf(first);
    for (; taken < tags.length; taken += 1) {
      const { key, value, offset } = tags[taken]!;
      state.take(key, value, first + offset);
    }
    timestampNs ??= state.timeOf(first) ?? getTimestampNs();

    const { sequence } = stream;
    if (this.#peer !== undefined) stream.hasTags = header !== undefined; // otherwise the next message may be from another peer
    stream.next = first + count;
    stream.sequence = sequence + 1;
    stream.before = count;
    return { sampleRate, centerFreq, timestampNs, sequence, lost };
  }
}

/** As a plain Uint8Array: the `slice` of Node's Buffer is not a copy. */
function plain(bytes: Uint8Array): Uint8Array {
  return bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** The tags of the message's own items, in their order; GNU Radio also drops others. */
function tagsWithin(tags: readonly Tag[], count: number): readonly Tag[] {
  if (tags.length === 0) return NO_TAGS;
  return tags.filter(({ offset }) => offset >= 0 && offset < count).sort((a, b) => a.offset - b.offset);
}
