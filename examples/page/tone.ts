const SAMPLES = 512;

/** A tone in some noise: 512 complex samples, of which the n-th piece begins where the one before ended. */
export function tone(hz: number, n: number): Float32Array {
  const samples = new Float32Array(2 * SAMPLES);
  for (let i = 0; i < SAMPLES; i += 1) {
    const phase = 2 * Math.PI * hz * (n / 30 + i / SAMPLES);
    samples[2 * i] = 0.8 * Math.cos(phase) + noise();
    samples[2 * i + 1] = 0.8 * Math.sin(phase) + noise();
  }
  return samples;
}

function noise(): number {
  return 0.1 * (Math.random() - 0.5);
}
