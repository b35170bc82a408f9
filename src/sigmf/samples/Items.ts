/** Types of real samples, and the arrays that hold them. */
export interface ItemsByType {
  f32: Float32Array;
  f64: Float64Array;
  i8: Int8Array;
  i16: Int16Array;
  i32: Int32Array;
  u8: Uint8Array;
  u16: Uint16Array;
  u32: Uint32Array;
}

/** How real samples are stored. */
export type ItemType = keyof ItemsByType;

/** A block of real samples of a recording: not scaled, but little-endian. */
export interface Items<T extends ItemType = ItemType> {
  readonly itemType: T;
  readonly items: ItemsByType[T];
  readonly numItems: number;
  /** Samples per second, in Hz; 0 if the recording does not specify it. */
  readonly sampleRate: number;
  /** Centre frequency, in Hz; 0 if the recording does not specify it. */
  readonly centerFreq: number;
  /** Counts the blocks of one channel, from 0. A gap means lost samples. */
  readonly sequence: number;
  /** UNIX time of the first item, in ns. */
  readonly timestampNs: bigint;
  /** The channel. */
  readonly streamId: number;
}
