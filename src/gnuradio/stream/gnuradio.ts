import type { Parts } from '../../basics/Parts.js';
import type { Codec } from '../../codecs/Codec.js';
import { onlyPart } from '../../codecs/onlyPart.js';
import { CodecError } from '../../errors.js';
import type { FrameStamp } from '../../frame/FrameStamp.js';
import type { FrameInput } from '../../frame/types.js';
import { describe } from '../../basics/describe.js';
import { StreamDecoder } from './StreamDecoder.js';
import { StreamEncoder } from './StreamEncoder.js';
import { type StreamSettings, streamSettings } from './streamSettings.js';
import type {
  ComplexItemType,
  GnuRadioFrame,
  GnuRadioFrameInput,
  GnuRadioItems,
  GnuRadioItemsInput,
  GnuRadioOptions,
  ItemType,
  RealItemType,
  StreamInput,
  StreamOptions,
} from './types.js';

/** The type of {@link gnuradio}: a function that makes codecs, with two more such functions. */
export interface GnuRadioCodecs {
  /** Complex items: messages are Frames. */
  <T extends ComplexItemType = 'cf32'>(
    options?: GnuRadioOptions<T> & { readonly vlen?: 1 | undefined },
  ): Codec<GnuRadioFrame<T>, GnuRadioFrameInput<T>>;
  /** Items that are not complex samples. */
  <T extends RealItemType>(
    options: GnuRadioOptions<T> & { readonly type: T },
  ): Codec<GnuRadioItems<T>, GnuRadioItemsInput<T>, GnuRadioItemsInput<T>>;
  /** Vectors. */
  <T extends ItemType = 'cf32'>(
    options: GnuRadioOptions<T> & { readonly vlen: number },
  ): Codec<GnuRadioItems<T>, GnuRadioItemsInput<T>, GnuRadioItemsInput<T>>;

  /**
   * The codec that requests items from a REP Sink with `request`: it encodes the number of items, and decodes the reply, which may
   * have fewer.
   */
  request<T extends ComplexItemType = 'cf32'>(
    options?: StreamOptions<T> & { readonly vlen?: 1 | undefined },
  ): Codec<GnuRadioFrame<T>, number>;
  /** The same for items that are no complex samples. */
  request<T extends RealItemType>(options: StreamOptions<T> & { readonly type: T }): Codec<GnuRadioItems<T>, number>;
  /** The same for vectors. */
  request<T extends ItemType = 'cf32'>(
    options: StreamOptions<T> & { readonly vlen: number },
  ): Codec<GnuRadioItems<T>, number>;

  /**
   * The codec that answers a REQ Source with `reply`: it decodes the number of requested items, and encodes the reply. A REQ Source
   * accepts more items than it requested, and fewer.
   */
  reply<T extends ComplexItemType = 'cf32'>(
    options?: StreamOptions<T> & { readonly vlen?: 1 | undefined },
  ): Codec<number, GnuRadioFrameInput<T>, GnuRadioFrame<T>>;
  /** The same for items that are no complex samples. */
  reply<T extends RealItemType>(
    options: StreamOptions<T> & { readonly type: T },
  ): Codec<number, GnuRadioItemsInput<T>, GnuRadioItemsInput<T>>;
  /** The same for vectors. */
  reply<T extends ItemType = 'cf32'>(
    options: StreamOptions<T> & { readonly vlen: number },
  ): Codec<number, GnuRadioItemsInput<T>, GnuRadioItemsInput<T>>;
}

/**
 * A codec for the streams of GNU Radio's ZMQ blocks, with their tags: for sources, sinks, `request` and `reply`.
 *
 * - `gnuradio()` receives from PUB and PUSH Sinks with `fromSub` and `fromPull`, and sends to SUB and PULL Sources with `toPub` and
 *   `toPush`.
 * - `gnuradio.request()` requests items from a REP Sink with `request`; `gnuradio.reply()` answers a REQ Source with `reply`.
 *
 * Complex items are Frames with `tags`; other items, and vectors of any, are {@link GnuRadioItems}. Rate, frequency and time come
 * from the tags `rx_rate`, `rx_freq` and `rx_time`, hold until the next tag, and are sent as these tags when they change. A tag
 * after the first sample of a Frame counts from the next Frame on; its position is in `tags`.
 *
 * A message on which GNU Radio's source would stop is invalid here, and the error says what the peer does differently. `encode`
 * throws a CodecError or FrameError for a value that would stop a flowgraph at the other end.
 *
 * **Example**
 * {@includeCode ../../../examples/gnuradio.ts#main}
 * @throws OptionError if an option is unknown or has a wrong value.
 * @see {@link pmt} for the message blocks
 */
export const gnuradio: GnuRadioCodecs = /* @__PURE__ */ Object.assign(
  (options: GnuRadioOptions = {}) => streams(streamSettings('gnuradio', options)) as never,
  {
    request: (options: StreamOptions = {}) => requests(streamSettings('gnuradio.request', options)) as never,
    reply: (options: StreamOptions = {}) => replies(streamSettings('gnuradio.reply', options)) as never,
  },
);

function streams(settings: StreamSettings): Codec<object, unknown, unknown> {
  const { key, isFrames } = settings;
  return {
    ...coding(
      (peer) => new StreamDecoder(settings, peer),
      (counts) => new StreamEncoder(settings, counts),
    ),
    topicFirst: key !== undefined,
    ...(key !== undefined && { topics: [key] }),
    ...(isFrames && { prepare: preparer(settings) }),
  };
}

function requests(settings: StreamSettings): Codec<object, unknown, unknown> {
  return {
    ...coding(
      (peer) => new StreamDecoder(settings, peer),
      () => ({ encode: encodeCount }),
    ),
    topicFirst: false,
  };
}

function replies(settings: StreamSettings): Codec<object, unknown, unknown> {
  const decoder = { decode: decodeCount as (parts: Parts) => never };
  return {
    ...coding(
      () => decoder,
      (counts) => new StreamEncoder(settings, counts),
    ),
    topicFirst: false,
    ...(settings.isFrames && { prepare: preparer(settings) }),
  };
}

/** The functions of a codec before it is opened, without state, and afterwards. */
function coding(
  decoderOf: (peer: number | undefined) => { decode(parts: Parts): object },
  encoderOf: (counts: boolean) => { encode(value: unknown): Parts },
): Codec<object, unknown, unknown> {
  return {
    encode: (value) => encoderOf(false).encode(value),
    decode: (parts) => decoderOf(undefined).decode(parts),
    open(peer) {
      const decoder = decoderOf(peer);
      const encoder = encoderOf(true);
      return { ...this, encode: (value) => encoder.encode(value), decode: (parts) => decoder.decode(parts) };
    },
  };
}

const NO_TAGS: StreamInput['tags'] = [];
const NOTHING: StreamInput = {};

/** Makes a Frame with the sequence numbers of the sink, and keeps its tags. */
function preparer({ sampleRate, centerFreq }: StreamSettings) {
  return (value: unknown, stamp: FrameStamp): object => {
    const frame = stamp(value as FrameInput) as unknown as Record<string, unknown>; // a new object, which may be changed here
    const { tags = NO_TAGS, firstItem } = (ArrayBuffer.isView(value) ? NOTHING : value) as StreamInput;
    if (frame['sampleRate'] === 0) frame['sampleRate'] = sampleRate;
    if (frame['centerFreq'] === 0) frame['centerFreq'] = centerFreq;
    frame['tags'] = tags;
    frame['lost'] = 0;
    if (firstItem !== undefined) frame['firstItem'] = firstItem;
    return frame;
  };
}

/** A REP Sink reads the number as signed, and its thread ends if that is below 0. */
const MOST_ITEMS = 2 ** 31 - 1;

function encodeCount(count: unknown): Parts {
  if (!Number.isSafeInteger(count) || (count as number) < 1 || (count as number) > MOST_ITEMS) {
    throw new CodecError(
      `gnuradio.request takes a number of items, an integer from 1 to ${MOST_ITEMS}, not ${describe(count)}`,
    );
  }
  const request = new Uint8Array(4);
  new DataView(request.buffer).setUint32(0, count as number, true);
  return [request];
}

/** As a REP Sink reads it: a shorter request asks for all available items, and further bytes are ignored. */
function decodeCount(parts: Parts): number {
  const request = onlyPart('gnuradio.reply', parts);
  if (request.length < 4) return Infinity;
  const count = new DataView(request.buffer, request.byteOffset).getUint32(0, true);
  if (count > MOST_ITEMS) throw new CodecError(`the request asks for ${count} items, above ${MOST_ITEMS}`);
  return count;
}
