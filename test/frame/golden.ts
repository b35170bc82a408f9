import { readFileSync } from 'node:fs';
import type { SampleType } from '../../src/samples/types.js';

export const SAMPLE_TYPE_NAMES: readonly SampleType[] = ['ci8', 'ci16', 'ci32', 'cf32', 'cf64', 'cf128'];

/** A frame that the doppler C library put on the wire: 16 samples of one turn. */
export interface Golden {
  readonly sampleType: SampleType;
  /** 0 or 1. */
  readonly sequence: number;
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
}

const read = (name: string) => new Uint8Array(readFileSync(new URL(`../fixtures/sigs/${name}.bin`, import.meta.url)));

export const golden: readonly Golden[] = SAMPLE_TYPE_NAMES.flatMap((sampleType) =>
  [0, 1].map((sequence) => ({
    sampleType,
    sequence,
    header: read(`${sampleType}-${sequence}.header`),
    payload: read(`${sampleType}-${sequence}.payload`),
  })),
);

/** What the golden frames hold, by the formula of their README, before rounding: scale * exp(j * 2 * pi * i / 16). */
export function goldenValues(sampleType: SampleType): number[] {
  const scale = { ci8: 100, ci16: 30000, ci32: 2e9, cf32: 1, cf64: 1, cf128: 1 }[sampleType];
  return Array.from({ length: 32 }, (_, k) => {
    const turn = (2 * Math.PI * (k >> 1)) / 16;
    return scale * (k % 2 === 0 ? Math.cos(turn) : Math.sin(turn));
  });
}
