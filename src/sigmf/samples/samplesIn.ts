/** How many samples a time lasts, in fractions of one. */
export function samplesIn(durationNs: bigint, sampleRate: number): number {
  return (Number(durationNs) * sampleRate) / 1e9;
}
