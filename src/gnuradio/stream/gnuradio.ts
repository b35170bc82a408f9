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

/** What {@link gnuradio} is: a function that makes codecs, with two more of its kind. */
export interface GnuRadioCodecs {
  /** Complex items, one by one: messages are Frames. */
  <T extends ComplexItemType = 'cf32'>(
    options?: GnuRadioOptions<T> & { readonly vlen?: 1 | undefined },
  ): Codec<GnuRadioFrame<T>, GnuRadioFrameInput<T>>;
  /** Items that are no complex samples. */
  <T extends RealItemType>(
    options: GnuRadioOptions<T> & { readonly type: T },
  ): Codec<GnuRadioItems<T>, GnuRadioItemsInput<T>, GnuRadioItemsInput<T>>;
  /** Vectors. */
  <T extends ItemType = 'cf32'>(
    options: GnuRadioOptions<T> & { readonly vlen: number },
  ): Codec<GnuRadioItems<T>, GnuRadioItemsInput<T>, GnuRadioItemsInput<T>>;

  /** What asks a REP Sink with `request`: encodes how many items are wanted, decodes what it gives, which may be fewer. */
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
   * What answers a REQ Source with `reply`: decodes how many items it wants, encodes what it gets. More than it wants
   * are taken, and so are fewer.
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
 * The streams of GNU Radio's ZMQ blocks, with their tags: a codec for sources, sinks, `request` and `reply`.
 *
 * - `gnuradio()` reads PUB and PUSH Sinks by `fromSub` and `fromPull`, and feeds SUB and PULL Sources by `toPub` and `toPush`.
 * - `gnuradio.request()` asks a REP Sink with `request`; `gnuradio.reply()` answers a REQ Source with `reply`.
 *
 * Complex items are Frames with `tags`; other items, and vectors of any, are {@link GnuRadioItems}. Rate, frequency and
 * time come from the tags `rx_rate`, `rx_freq` and `rx_time`, hold until the next, and are sent as these tags when they
 * change. A tag behind the first sample of a Frame counts from the next Frame on: its own place is in `tags`.
 *
 * Everything that GNU Radio's source would stop at is an invalid message here, and its error says what the peer does
 * otherwise. `encode` throws a CodecError or FrameError for what would stop a flowgraph at the other end.
 *
 * **Example**
 * {@includeCode ../../../examples/gnuradio.ts#main}
 * @throws OptionError where an option is unknown or has a wrong value.
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

/** What a codec does before it is opened, when it remembers nothing, and afterwards. */
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

/** Makes a Frame with the sink's own numbers of what is sent, and keeps its tags. */
function preparer({ sampleRate, centerFreq }: StreamSettings) {
  return (value: unknown, stamp: FrameStamp): object => {
    const frame = stamp(value as FrameInput) as unknown as Record<string, unknown>; // a new object, ours to complete
    const { tags = NO_TAGS, firstItem } = (ArrayBuffer.isView(value) ? NOTHING : value) as StreamInput;
    if (frame['sampleRate'] === 0) frame['sampleRate'] = sampleRate;
    if (frame['centerFreq'] === 0) frame['centerFreq'] = centerFreq;
    frame['tags'] = tags;
    frame['lost'] = 0;
    if (firstItem !== undefined) frame['firstItem'] = firstItem;
    return frame;
  };
}

/** A REP Sink takes the number as a signed one, and its thread ends where that is below 0. */
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

/** As a REP Sink reads it: what is shorter asks for all there is, and further bytes say nothing. */
function decodeCount(parts: Parts): number {
  const request = onlyPart('gnuradio.reply', parts);
  if (request.length < 4) return Infinity;
  const count = new DataView(request.buffer, request.byteOffset).getUint32(0, true);
  if (count > MOST_ITEMS) throw new CodecError(`the request asks for ${count} items, above ${MOST_ITEMS}`);
  return count;
}
