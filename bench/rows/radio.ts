import { baselines, memories, type Memory, ours } from '../runner/bothEnds.js';
import { type Budget, targetOf } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import type { Binding, Carrier, Rate } from '../runner/Link.js';
import { type Bench, KIB, radioSizes, type Row } from '../runner/Row.js';

/** How the ends meet. The first is measured in more ways than the others, which differ from it in the engine alone. */
const meetings: readonly (readonly [adds: string, carrier: Carrier, binds: Binding])[] = [
  ['', 'tcp', 'sender'],
  [', receiver binds', 'tcp', 'receiver'],
  [', ipc', 'ipc', 'sender'],
  [', ipc, receiver binds', 'ipc', 'receiver'],
];

/** Whom each way of ours is compared with, and what is asked of it. */
const compared: Readonly<Partial<Record<Memory, Readonly<Record<string, Budget | undefined>>>>> = {
  defaults: { 'zeromq.js': 'pushPull', C: 'againstC', 'C at its best': undefined },
  released: { C: 'releasedAgainstC', 'C at its best': 'releasedAgainstBestC' },
  loaned: { C: 'releasedAgainstC', 'C at its best': 'releasedAgainstBestC' },
  givenAndReleased: { C: undefined, 'C at its best': 'releasedAgainstBestC' },
};

/** Frames as radios send them: what moving their bytes takes. */
export const radio: Row = {
  name: 'radio',
  title:
    'Radio frames, toPush to fromPull with all options at their defaults, and on lines of their own what giving memory back brings; against zeromq.js by hand and C as people write it and at its best; by tcp and ipc, either end binding',
  async run(bench) {
    const figures: Figure[] = [];
    for (const meeting of meetings) {
      const sizes = meeting === meetings[0] ? [64 * KIB, 512 * KIB] : [512 * KIB];
      for (const size of bench.sizes(radioSizes, sizes)) figures.push(...(await measure(bench, size, meeting)));
    }
    return figures;
  },
};

async function measure(
  { tools, driver, effort }: Bench,
  size: number,
  meeting: (typeof meetings)[number],
): Promise<Figure[]> {
  const [adds, carrier, binds] = meeting;
  const isFirst = meeting === meetings[0];
  const ends = { payloadBytes: size, carrier, binds };
  const { 'C at its best': best, ...others } = baselines(tools, ends);
  const openers: Record<string, Opener<Rate>> = isFirst && best ? { ...others, 'C at its best': best } : others;
  const ways = (Object.keys(compared) as Memory[]).filter(
    (memory) => isFirst || !(memory === 'givenAndReleased' || memory === 'loaned'),
  );
  for (const memory of ways) {
    const opener = ours(tools, driver, memory, ends);
    if (opener) openers[memory] = opener;
  }
  if (binds === 'receiver') openers['connecting'] = ours(tools, driver, 'defaults', { ...ends, binds: 'sender' })!;

  const rates = await interleave(openers, effort(900, Object.keys(openers).length));
  const figures: Figure[] = [];
  for (const memory of ways) {
    const mine = rates[memory];
    if (!mine) continue;
    for (const [name, budget] of Object.entries(compared[memory]!)) {
      if (!rates[name]) continue;
      const label = `toPush to fromPull${adds}${memories[memory].adds}, against ${name}`;
      const target = budget ? targetOf(driver, budget, size) : {};
      figures.push(compareRates({ label, driver, size, ...target }, mine, rates[name]));
    }
  }
  if (rates['connecting']) {
    const label = `fromPull that binds against one that connects, ${carrier}`;
    const target = carrier === 'tcp' ? targetOf(driver, 'boundReceiver', size) : {};
    figures.push(compareRates({ label, driver, size, ...target }, rates['defaults']!, rates['connecting']));
  }
  return figures;
}
