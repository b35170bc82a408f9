import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate } from '../runner/Link.js';
import { doppler as python, fastSender, node } from '../runner/programs.js';
import { type Row, roundOf } from '../runner/Row.js';

/** The systems that rxzmq joins or replaces, on the same work. */
export const doppler: Row = {
  name: 'doppler',
  title: "Against doppler's Python: Push to Pull, and Pull alone",
  async run({ sizes, tools, drivers, effort }) {
    if (!tools.doppler) return 'doppler is not installed';
    const figures: Figure[] = [];
    for (const size of sizes) {
      const facts = { payloadBytes: size, ...roundOf(size) };
      const [from, sender] = fastSender(tools, size);
      const pull = (...args: (string | number)[]) => python('pull', ...args);
      const openers: Record<string, Opener<Rate>> = {
        'their Push': link({ ...facts, sender: python('push', size), receiver: pull }),
        'their Pull': link({ ...facts, sender, receiver: pull }),
      };
      for (const driver of drivers) {
        const receiver = (...args: (string | number)[]) => node('fromPull', driver, ...args);
        openers[`${driver} toPush`] = link({ ...facts, sender: node('toPush', driver, size, 'copied'), receiver });
        openers[`${driver} fromPull`] = link({ ...facts, sender, receiver });
      }

      const rates = await interleave(openers, effort(2500, Object.keys(openers).length));
      for (const driver of drivers) {
        const [push, alone] = ["toPush to fromPull, against doppler's Push to Pull", "against doppler's Pull"];
        figures.push(
          compareRates({ label: push, driver, size }, rates[`${driver} toPush`]!, rates['their Push']!),
          compareRates(
            { label: `${from} to fromPull and map, ${alone}`, driver, size },
            rates[`${driver} fromPull`]!,
            rates['their Pull']!,
          ),
        );
      }
    }
    return figures;
  },
};
