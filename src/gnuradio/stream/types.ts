import type { SampleType, SamplesByType } from '../../samples/types.js';
import type { FrameOf } from '../../frame/types.js';
import type { Pmt, PmtDialect, PmtInput } from '../pmt/types.js';

/** Items that are complex samples: of `complex`, and of `char`, `short` and `int` in pairs. */
export type ComplexItemType = Exclude<SampleType, 'cf128'>;
/** Items that are not complex samples: `byte` with and without a sign, `short`, `int`, `float`. */
export type RealItemType = 'u8' | 'i8' | 'i16' | 'i32' | 'f32';
/** The types of items. */
export type ItemType = ComplexItemType | RealItemType;

/** The typed array that holds items of each type; complex ones interleaved. */
export interface ItemsByType extends Pick<SamplesByType, ComplexItemType> {
  u8: Uint8Array;
  i8: Int8Array;
  i16: Int16Array;
  i32: Int32Array;
  f32: Float32Array;
}

/** A stream tag. */
export interface Tag {
  /** Its position, in items from the first of its frame: complex samples in a Frame, vectors if items are vectors. */
  readonly offset: number;
  /** A symbol, such as `rx_freq`. */
  readonly key: string;
  readonly value: Pmt;
  /** The block that made it, usually a symbol; absent if the tag does not say (`#f`). */
  readonly source?: Pmt;
}

/** A tag that is sent. */
export interface TagInput {
  /** Its position, in items from the first of its frame: an integer from 0 to one less than the number of items. */
  readonly offset: number;
  /** A symbol of at most 1024 bytes. */
  readonly key: string;
  readonly value: PmtInput;
  /** The block that made it. @default none (`#f`) */
  readonly source?: PmtInput | undefined;
}

/** The metadata of a message of a stream. */
export interface StreamFacts {
  /** In the order of their offsets. Empty if the peer sends none. */
  readonly tags: readonly Tag[];
  /** The index of the first item in the stream of the sender, from the tag header; absent if there is none. */
  readonly firstItem?: number;
  /** The number of items that were lost since the last message, by the index of the tag header; 0 without a tag header. */
  readonly lost: number;
  /** The whole key of the message; absent without the option `key`. */
  readonly key?: string;
}

/**
 * A Frame of a GNU Radio stream. `sampleRate`, `centerFreq` and `timestampNs` are those of its first sample, from the tags
 * `rx_rate`, `rx_freq` and `rx_time`: each holds until the next. `sequence` counts the messages of a connection and skips numbers
 * if items were lost, so that `gaps` and `reblock` see it.
 */
export type GnuRadioFrame<T extends ComplexItemType = ComplexItemType> = T extends ComplexItemType
  ? FrameOf<T> & StreamFacts
  : never;

/** The input of sinks for Frames: a Frame, with tags or without, or just samples. */
export type GnuRadioFrameInput<T extends ComplexItemType = ComplexItemType> = T extends ComplexItemType
  ? (FrameOf<T> & StreamInput) | ItemsByType[T]
  : never;

/** The metadata of a value that is sent. */
export interface StreamInput {
  /** Its tags, which are sent if the codec sends tags. */
  readonly tags?: readonly TagInput[] | undefined;
  /** Set by a source: it arrived with a tag header. */
  readonly firstItem?: number | undefined;
}

/** A message of items that are not complex samples, or of vectors. */
export interface GnuRadioItems<T extends ItemType = ItemType> extends StreamFacts {
  readonly itemType: T;
  /** The elements of all items, one after another; complex ones interleaved. */
  readonly items: ItemsByType[T];
  /** The number of items; with `vlen`, of vectors. */
  readonly numItems: number;
  /** The number of elements of an item. */
  readonly vlen: number;
  /** The rate of `rx_rate`, in Hz; 0 if unknown. It is the rate of elements: the rate of vectors is `sampleRate / vlen`. */
  readonly sampleRate: number;
  /** The frequency of `rx_freq`, in Hz; 0 if unknown. */
  readonly centerFreq: number;
  /** UNIX time of the first item, in ns: from `rx_time`, otherwise the time of arrival. */
  readonly timestampNs: bigint;
  /** Counts the messages of a connection; it skips numbers if items were lost. */
  readonly sequence: number;
  /** The connection on which it arrived; absent if the driver does not know. */
  readonly peer?: number;
}

/** The input of sinks for items: a typed array, or one with tags and numbers. */
export type GnuRadioItemsInput<T extends ItemType = ItemType> =
  | ItemsByType[T]
  | (StreamInput & {
      readonly items: ItemsByType[T];
      readonly sampleRate?: number | undefined;
      readonly centerFreq?: number | undefined;
      readonly timestampNs?: bigint | undefined;
    });

/** Options of `gnuradio.request` and `gnuradio.reply`. */
export interface StreamOptions<T extends ItemType = ItemType> {
  /**
   * The type of the items. GNU Radio's `complex` is `'cf32'`, `float` `'f32'`, `int` `'i32'`, `short` `'i16'`, `byte` `'u8'` or
   * `'i8'`; `short` and `byte` with vlen 2, or complex-short, are `'ci16'` and `'ci8'`. @default 'cf32'
   */
  readonly type?: T | undefined;
  /** Elements of an item, if items are vectors, such as the bins of an FFT. A `'ci16'` is one element. @default 1 */
  readonly vlen?: number | undefined;
  /**
   * Whether messages have a tag header, GNU Radio's `pass_tags`. With `true` and `false`, a message that differs is invalid, and
   * its error says so. With `'auto'`, each received message is checked, and a sink decides by its first value: if that has tags, or
   * arrived with a header, it sends headers. @default 'auto'
   */
  readonly tags?: 'auto' | boolean | undefined;
  /** Samples per second, in Hz, if neither a tag nor a Frame says it. @default 0 */
  readonly sampleRate?: number | undefined;
  /** Centre frequency, in Hz, if neither a tag nor a Frame says it. @default 0 */
  readonly centerFreq?: number | undefined;
  /** How the peer's release writes PMTs. @default '3.10.5' */
  readonly dialect?: PmtDialect | undefined;
}

/** Options of {@link gnuradio}. */
export interface GnuRadioOptions<T extends ItemType = ItemType> extends StreamOptions<T> {
  /**
   * The key of PUB Sink and SUB Source. A sink sends it as a part of its own; a source subscribes to all keys that begin
   * with it. @default none: messages have one part
   */
  readonly key?: string | undefined;
}
