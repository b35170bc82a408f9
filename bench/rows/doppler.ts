import { ours } from '../runner/bothEnds.js';
import { targetOf } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate } from '../runner/Link.js';
import { fastSender, fromPull } from '../runner/programs.js';
import { KIB, radioSizes, type Row, roundOf } from '../runner/Row.js';

/** The system that rxzmq joins or replaces, on the same work. */
export const doppler: Row = {
  name: 'doppler',
  title: "Against doppler's Python: Push to Pull, and Pull alone",
  python: true,
  async run({ sizes, tools, driver, effort }) {
    const { python } = tools;
    if (!python.doppler) return 'doppler is not installed';
    const figures: Figure[] = [];
    for (const size of sizes([64, 2 * KIB, ...radioSizes], [64 * KIB, 512 * KIB])) {
      const facts = { payloadBytes: size, ...roundOf(size) };
      const [from, sender] = fastSender(tools, size);
      const push = (where: string) => python.program('push', size, where);
      const pull = (...args: (string | number)[]) => python.program('pull', ...args);
      const openers: Record<string, Opener<Rate>> = {
        'their Push': link({ ...facts, sender: push, receiver: pull }),
        'their Pull': link({ ...facts, sender, receiver: pull }),
        toPush: ours(tools, driver, 'defaults', { payloadBytes: size })!,
        fromPull: link({ ...facts, sender, receiver: fromPull(driver) }),
      };

      const rates = await interleave(openers, effort(1200, Object.keys(openers).length));
      const both = {
        label: "toPush to fromPull, against doppler's Push to Pull",
        driver,
        size,
        ...targetOf(driver, 'doppler', size),
      };
      const alone = { label: `${from} to fromPull and map, against doppler's Pull`, driver, size };
      figures.push(
        compareRates(both, rates['toPush']!, rates['their Push']!),
        compareRates(alone, rates['fromPull']!, rates['their Pull']!),
      );
    }
    return figures;
  },
};
