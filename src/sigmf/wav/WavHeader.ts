/** The header of a WAV file. */
export interface WavHeader {
  readonly numChannels: number;
  readonly sampleRate: number;
  readonly kind: 'f' | 'i' | 'u';
  readonly bits: 8 | 16 | 32 | 64;
  /** Centre frequency in Hz, if the receiver's recorder has written it; 0: unknown. */
  readonly centerFreq: number;
  /** The start time, likewise. */
  readonly timestampNs: bigint | undefined;
  /** The position of the first sample. */
  readonly dataOffset: number;
  /** `undefined`: it was written to a pipe, or is incomplete: up to the end of the file. */
  readonly dataLength: number | undefined;
}

/** The position of the first chunk, after `RIFF`, its size and `WAVE`. */
export const FIRST_CHUNK = 12;
/** Larger sizes are in a separate chunk. */
export const MOST_U32 = 0xffffffff;
/** The size of the chunk of receivers' recorders: two times of 16 bytes, frequencies, and the name of a next file, which is unused. */
export const AUXI_BYTES = 164;
/** Two 64-bit sizes, a 64-bit count and a table of no length. */
export const DS64_BYTES = 28;
export const FORMAT = { pcm: 1, float: 3, extensible: 0xfffe } as const;
