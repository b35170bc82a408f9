import type { Facts, Figure } from './Figure.js';
import type { Cost, Rate } from './Link.js';
import { ratios, summarize } from './statistics.js';
import { showRate } from './table.js';

/** The figure of rates against those of a baseline, where more is better. */
export function compareRates(facts: Facts, rates: readonly Rate[], baseline: readonly Rate[]): Figure {
  const each = (some: readonly Rate[]): number[] => some.map(({ perSecond }) => perSecond);
  const shown = (some: readonly Rate[]): string => showRate(summarize(each(some)).median);
  return {
    ...facts,
    unit: 'ratio',
    ...summarize(ratios(each(rates), each(baseline))),
    cpu: { ours: costOf(rates), baseline: costOf(baseline) },
    absolute: `${shown(rates)} to ${shown(baseline)}; ${rates.length} rounds`,
  };
}

/** The figure of what a message takes of the receiver's processor, where less is better. */
export function compareReceivers(facts: Facts, rates: readonly Rate[], baseline: readonly Rate[]): Figure {
  const each = (some: readonly Rate[]): number[] => some.map(({ receiverUs }) => receiverUs);
  return { ...compareRates(facts, rates, baseline), ...summarize(ratios(each(rates), each(baseline))) };
}

/** What a message takes at both ends: the medians of all rounds. */
export function costOf(some: readonly Cost[]): Cost {
  const senders = some.flatMap(({ senderUs }) => (senderUs === undefined ? [] : [senderUs]));
  const receiverUs = summarize(some.map((one) => one.receiverUs)).median;
  return senders.length > 0 ? { senderUs: summarize(senders).median, receiverUs } : { receiverUs };
}
