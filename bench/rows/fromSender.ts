import { targetOf } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import type { Driver } from '../runner/drivers.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate } from '../runner/Link.js';
import { fastSender, node } from '../runner/programs.js';
import { releases } from '../runner/releases.js';
import { type Row, roundOf } from '../runner/Row.js';

/** What decoding and Observables cost a receiver, whoever sends. */
export const fromSender: Row = {
  name: 'fromSender',
  title: 'From a sender in C: fromPull with decoded Frames through map, against zeromq.js, for await, nothing decoded',
  async run({ sizes, tools, drivers, effort }) {
    const figures: Figure[] = [];
    for (const size of sizes) {
      const [from, sender] = fastSender(tools, size);
      const to = (name: string, ...first: Driver[]): Opener<Rate> =>
        link({ payloadBytes: size, sender, receiver: (...args) => node(name, ...first, ...args), ...roundOf(size) });
      const openers: Record<string, Opener<Rate>> = { byHand: to('zeromqPull') };
      for (const driver of drivers) {
        openers[driver] = to('fromPull', driver);
        if (releases(driver, tools, size)) openers[`${driver} released`] = to('fromPullReleased', driver);
      }

      const rates = await interleave(openers, effort(4500, Object.keys(openers).length));
      for (const driver of drivers) {
        const label = `${from} to fromPull and map`;
        const target = targetOf(driver, 'fromSender', size);
        figures.push(compareRates({ label, driver, size, ...target }, rates[driver]!, rates['byHand']!));
        const released = rates[`${driver} released`];
        if (!released) continue;
        const facts = {
          label: `${label}, with release`,
          driver,
          size,
          ...targetOf(driver, 'fromSenderReleased', size),
        };
        figures.push(compareRates(facts, released, rates['byHand']!));
      }
    }
    return figures;
  },
};
