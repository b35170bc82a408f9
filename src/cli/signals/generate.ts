import { frame, type Frame } from '../../index.js';

export const signalNames = ['tone', 'chirp', 'noise'] as const;
export type SignalName = (typeof signalNames)[number];

/** A signal to generate. */
export interface SignalSettings {
  readonly signal: SignalName;
  /** Samples per second. */
  readonly sampleRate: number;
  readonly centerFreq: number;
  /** The tone, in Hz from the centre; a chirp sweeps from minus this to plus this, once a second. */
  readonly offset: number;
  /** From 0 to 1. */
  readonly amplitude: number;
  readonly blockSamples: number;
}

/** Generates a signal without an end, block by block: its phase never jumps. */
export function* generate(settings: SignalSettings): Generator<Frame> {
  const { signal, sampleRate, centerFreq, offset, amplitude, blockSamples } = settings;
  let phase = 0; // in turns
  for (let n = 0; ;) {
    const samples = new Float32Array(2 * blockSamples);
    for (let i = 0; i < samples.length; i += 2, n++) {
      const sweep = ((n % sampleRate) / sampleRate) * 2 - 1;
      phase = (phase + (signal === 'chirp' ? sweep * offset : offset) / sampleRate) % 1;
      const size = signal === 'noise' ? amplitude * Math.sqrt(-Math.log(1 - Math.random())) : amplitude;
      const turn = signal === 'noise' ? Math.random() : phase;
      samples[i] = size * Math.cos(2 * Math.PI * turn);
      samples[i + 1] = size * Math.sin(2 * Math.PI * turn);
    }
    yield frame(samples, { sampleRate, centerFreq });
  }
}

/** The same as code: a function that a program has in it. */
export function generatorCode({
  signal,
  sampleRate,
  centerFreq,
  offset,
  amplitude,
  blockSamples,
}: SignalSettings): string {
  const step = signal === 'chirp' ? `(((n % ${sampleRate}) / ${sampleRate}) * 2 - 1) * ${offset}` : `${offset}`;
  const size = signal === 'noise' ? `${amplitude} * Math.sqrt(-Math.log(1 - Math.random()))` : `${amplitude}`;
  const turn = signal === 'noise' ? 'Math.random()' : 'phase';
  return `function* generate() {
  let phase = 0; // in turns
  for (let n = 0; ; ) {
    const samples = new Float32Array(${2 * blockSamples});
    for (let i = 0; i < samples.length; i += 2, n++) {
      phase = (phase + (${step}) / ${sampleRate}) % 1;
      const size = ${size};
      const turn = ${turn};
      samples[i] = size * Math.cos(2 * Math.PI * turn);
      samples[i + 1] = size * Math.sin(2 * Math.PI * turn);
    }
    yield frame(samples, { sampleRate: ${sampleRate}, centerFreq: ${centerFreq} });
  }
}
`;
}
