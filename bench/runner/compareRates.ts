import type { Figure } from './Figure.js';
import type { Rate } from './Link.js';
import { ratios, summarize } from './statistics.js';
import { showRate } from './table.js';

/** The figure of rates against those of a baseline, where more is better. */
export function compareRates(
  facts: Pick<Figure, 'label' | 'size' | 'target'>,
  rates: readonly Rate[],
  baseline: readonly Rate[],
): Figure {
  const perSecond = (some: readonly Rate[]): number[] => some.map((rate) => rate.perSecond);
  const cpuUs = (some: readonly Rate[]): number => summarize(some.map((rate) => rate.cpuUs)).median;
  const shown = (some: readonly Rate[]): string => showRate(summarize(perSecond(some)).median);
  const used = `receiver's CPU ${cpuUs(rates).toFixed(2)} to ${cpuUs(baseline).toFixed(2)} us`;
  return {
    ...facts,
    unit: 'ratio',
    ...summarize(ratios(perSecond(rates), perSecond(baseline))),
    absolute: `${shown(rates)} to ${shown(baseline)}; ${used}; ${rates.length} rounds`,
  };
}
