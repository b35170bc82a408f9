/** What the header of a WAV file says. */
export interface WavHeader {
  readonly numChannels: number;
  readonly sampleRate: number;
  readonly kind: 'f' | 'i' | 'u';
  readonly bits: 8 | 16 | 32 | 64;
  /** Centre frequency in Hz, where the recorder of a receiver has written it; 0: not said. */
  readonly centerFreq: number;
  /** When it began, likewise. */
  readonly timestampNs: bigint | undefined;
  /** Where the samples begin. */
  readonly dataOffset: number;
  /** `undefined`: it was written to a pipe, or not to its end: as far as the file goes. */
  readonly dataLength: number | undefined;
}

/** Where chunks begin that follow `RIFF`, its size and `WAVE`. */
export const FIRST_CHUNK = 12;
/** Sizes above this are told in a chunk of their own. */
export const MOST_U32 = 0xffffffff;
/** What the chunk of receivers' recorders takes: two times of 16 bytes, frequencies, and the name of a next file that nobody uses. */
export const AUXI_BYTES = 164;
/** Two 64-bit sizes, a 64-bit count and a table of no length. */
export const DS64_BYTES = 28;
export const FORMAT = { pcm: 1, float: 3, extensible: 0xfffe } as const;
