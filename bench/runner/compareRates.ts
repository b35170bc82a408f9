import type { Facts, Figure } from './Figure.js';
import type { Rate } from './Link.js';
import { ratios, summarize } from './statistics.js';
import { showRate } from './table.js';

/** The figure of rates against those of a baseline, where more is better. */
export function compareRates(facts: Facts, rates: readonly Rate[], baseline: readonly Rate[]): Figure {
  const each = (some: readonly Rate[], key: keyof Rate): number[] => some.map((rate) => rate[key] ?? NaN);
  const hasSender = rates[0]?.senderUs !== undefined;
  const middle = (some: readonly Rate[], key: keyof Rate): number => summarize(each(some, key)).median;
  const cpu = (some: readonly Rate[]): string => {
    const sender = hasSender ? `${middle(some, 'senderUs').toFixed(1)} + ` : '';
    return sender + middle(some, 'receiverUs').toFixed(1);
  };
  return {
    ...facts,
    unit: 'ratio',
    ...summarize(ratios(each(rates, 'perSecond'), each(baseline, 'perSecond'))),
    absolute:
      `${showRate(middle(rates, 'perSecond'))} to ${showRate(middle(baseline, 'perSecond'))}; ` +
      `CPU${hasSender ? ' at both ends' : ''} ${cpu(rates)} to ${cpu(baseline)} us; ${rates.length} rounds`,
  };
}
