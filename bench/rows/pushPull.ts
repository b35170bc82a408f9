import { baselines, memories, type Memory, ours } from '../runner/bothEnds.js';
import { targetOf } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import type { Rate } from '../runner/Link.js';
import { KIB, type Row, smallSizes } from '../runner/Row.js';

const WAYS: readonly Memory[] = ['defaults', 'given'];

/** Small frames: what the work for each of them takes. */
export const pushPull: Row = {
  name: 'pushPull',
  title:
    'Small frames, toPush to fromPull, against two programs on zeromq.js by hand, and two in C on libzmq as people write it and at its best',
  async run({ sizes, tools, drivers, effort }) {
    const figures: Figure[] = [];
    for (const size of sizes(smallSizes, [64, 8 * KIB])) {
      const openers: Record<string, Opener<Rate>> = baselines(tools, { payloadBytes: size });
      const against = Object.keys(openers);
      for (const driver of drivers) {
        for (const memory of WAYS) openers[driver + memory] = ours(tools, driver, memory, { payloadBytes: size })!;
      }

      const rates = await interleave(openers, effort(2000, Object.keys(openers).length));
      for (const driver of drivers) {
        for (const memory of WAYS) {
          for (const name of against) {
            const label = `toPush to fromPull${memories[memory].adds}, against ${name}`;
            const budget = ({ 'zeromq.js': 'pushPull', C: 'againstC', 'C at its best': 'againstBestC' } as const)[
              name
            ]!;
            const target = memory === 'defaults' ? targetOf(driver, budget, size) : {};
            figures.push(compareRates({ label, driver, size, ...target }, rates[driver + memory]!, rates[name]!));
          }
        }
      }
    }
    return figures;
  },
};
