import type { SampleType, SamplesByType } from '../../samples/types.js';
import type { FrameOf } from '../../frame/types.js';
import type { Pmt, PmtDialect, PmtInput } from '../pmt/types.js';

/** Items that are complex samples: of `complex`, and of `char`, `short` and `int` in pairs. */
export type ComplexItemType = Exclude<SampleType, 'cf128'>;
/** Items that are no complex samples: `byte` with and without a sign, `short`, `int`, `float`. */
export type RealItemType = 'u8' | 'i8' | 'i16' | 'i32' | 'f32';
/** What a stream is made of. */
export type ItemType = ComplexItemType | RealItemType;

/** The typed array that holds items of each type; complex ones interleaved. */
export interface ItemsByType extends Pick<SamplesByType, ComplexItemType> {
  u8: Uint8Array;
  i8: Int8Array;
  i16: Int16Array;
  i32: Int32Array;
  f32: Float32Array;
}

/** What a stream tag says, and of which item. */
export interface Tag {
  /** Items from the first of its frame; complex samples in a Frame, vectors where items are vectors. */
  readonly offset: number;
  /** A symbol, such as `rx_freq`. */
  readonly key: string;
  readonly value: Pmt;
  /** Which block made it, mostly a symbol; absent where the tag does not say (`#f`). */
  readonly source?: Pmt;
}

/** A tag that is sent. */
export interface TagInput {
  /** Items from the first of its frame: an integer from 0 to one less than the frame has. */
  readonly offset: number;
  /** A symbol of at most 1024 bytes. */
  readonly key: string;
  readonly value: PmtInput;
  /** Which block made it. @default none (`#f`) */
  readonly source?: PmtInput | undefined;
}

/** What a message of a stream says besides its items. */
export interface StreamFacts {
  /** In the order of their offsets. Empty where the peer sends none. */
  readonly tags: readonly Tag[];
  /** The index of the first item in the stream of the sender, from the tag header; absent where there is none. */
  readonly firstItem?: number;
  /** Items that were lost since the message before, by the tag header's index; 0 where there is none. */
  readonly lost: number;
  /** The whole key of the message; absent without the option `key`. */
  readonly key?: string;
}

/**
 * A Frame of a GNU Radio stream. `sampleRate`, `centerFreq` and `timestampNs` are what `rx_rate`, `rx_freq` and `rx_time`
 * say of its first sample: each holds until the next. `sequence` counts the messages of a connection and passes numbers
 * over where items were lost, so that `gaps` and `reblock` see it.
 */
export type GnuRadioFrame<T extends ComplexItemType = ComplexItemType> = T extends ComplexItemType
  ? FrameOf<T> & StreamFacts
  : never;

/** What is sent as a Frame: a Frame, with tags or without, or just samples. */
export type GnuRadioFrameInput<T extends ComplexItemType = ComplexItemType> = T extends ComplexItemType
  ? (FrameOf<T> & StreamInput) | ItemsByType[T]
  : never;

/** What a value that is sent may say besides its items. */
export interface StreamInput {
  /** What is sent with it, where the codec sends tags. */
  readonly tags?: readonly TagInput[] | undefined;
  /** Set by a source: it came with a tag header. */
  readonly firstItem?: number | undefined;
}

/** A message of items that are no complex samples, or of vectors. */
export interface GnuRadioItems<T extends ItemType = ItemType> extends StreamFacts {
  readonly itemType: T;
  /** The elements of all items, back to back; complex ones interleaved. */
  readonly items: ItemsByType[T];
  /** Items; with `vlen`, vectors. */
  readonly numItems: number;
  /** Elements of an item. */
  readonly vlen: number;
  /** What `rx_rate` says, in Hz; 0 where nothing does. It counts elements: vectors come at `sampleRate / vlen`. */
  readonly sampleRate: number;
  /** What `rx_freq` says, in Hz; 0 where nothing does. */
  readonly centerFreq: number;
  /** UNIX time of the first item, in ns: what `rx_time` says, else when it came. */
  readonly timestampNs: bigint;
  /** Counts the messages of a connection; numbers are passed over where items were lost. */
  readonly sequence: number;
  /** Which connection brought it; absent where the driver cannot tell. */
  readonly peer?: number;
}

/** What is sent as items: just a typed array, or one with tags and numbers. */
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
   * What an item is. GNU Radio's `complex` is `'cf32'`, `float` `'f32'`, `int` `'i32'`, `short` `'i16'`, `byte` `'u8'` or
   * `'i8'`; `short` and `byte` with vlen 2, or complex-short, are `'ci16'` and `'ci8'`. @default 'cf32'
   */
  readonly type?: T | undefined;
  /** Elements of an item, if items are vectors, such as the bins of an FFT. A `'ci16'` is one element. @default 1 */
  readonly vlen?: number | undefined;
  /**
   * Whether messages have a tag header, GNU Radio's `pass_tags`. `true` and `false`: a message that has it otherwise is
   * invalid, and its error says so. `'auto'`: each message is looked at, and a sink goes by the first value that it
   * sends: tags, or having come with a header, make it send headers. @default 'auto'
   */
  readonly tags?: 'auto' | boolean | undefined;
  /** Samples a second, in Hz, where neither a tag nor a Frame says. @default 0 */
  readonly sampleRate?: number | undefined;
  /** Centre frequency, in Hz, where neither a tag nor a Frame says. @default 0 */
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
