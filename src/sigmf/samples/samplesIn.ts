/** How many samples a duration has, with fractions. */
export function samplesIn(durationNs: bigint, sampleRate: number): number {
  return (Number(durationNs) * sampleRate) / 1e9;
}
