import { frame, type Frame } from 'rxzmq';

/** A complex tone, in cycles a sample; 1 is full scale. */
export function tone(cycles: number, amplitude: number, samples: number, from = 0): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: 2 * samples }, (_, i) => {
    const turn = 2 * Math.PI * cycles * (from + (i >> 1));
    return amplitude * (i % 2 === 0 ? Math.cos(turn) : Math.sin(turn));
  });
}

/** Frames of a tone that goes on from one to the next. */
export function toneFrames(
  cycles: number,
  amplitude: number,
  count: number,
  samples: number,
  { sampleRate = 1e6, centerFreq = 100e6 } = {},
): Frame[] {
  return Array.from({ length: count }, (_, n) => ({
    ...frame(tone(cycles, amplitude, samples, n * samples), {
      sampleRate,
      centerFreq,
      timestampNs: 1_000_000_000n + BigInt(Math.round((n * samples * 1e9) / sampleRate)),
    }),
    sequence: n,
  }));
}

export const dB = (amplitude: number): number => 20 * Math.log10(amplitude);
