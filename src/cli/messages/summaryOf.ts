import { withPrefix } from '../../spectrum/text.js';
import { seconds } from '../run/progressText.js';
import type { Totals } from '../run/Totals.js';

/** What has passed, in one line: 120 frames, 983040 samples of cf32, 0.5 s, 7.86 MB, lost 0. */
export function summaryOf(totals: Totals): string {
  const { frames, samples, sampleType, bytes, lost, duration } = totals;
  if (frames === 0) return '0 frames';
  return [
    `${frames} frames`,
    `${samples} samples of ${sampleType}`,
    ...(duration === undefined ? [] : [seconds(duration)]),
    withPrefix(bytes, 'B', 3),
    `lost ${lost}`,
  ].join(', ');
}
