import { compareRates } from '../runner/compareRates.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate } from '../runner/Link.js';
import { fastSender, node } from '../runner/programs.js';
import { type Row, roundOf } from '../runner/Row.js';

const PAYLOAD_BYTES = 64;

/** What it costs that a source asks before it reads. */
export const demand: Row = {
  name: 'demand',
  title:
    "What demand costs: fromPull through pacedMap, against the same through RxJS's concatMap, which holds nothing back",
  async run({ tools, drivers, effort }) {
    const [from, sender] = fastSender(tools, PAYLOAD_BYTES);
    const openers: Record<string, Opener<Rate>> = {};
    for (const driver of drivers) {
      for (const operator of ['pacedMap', 'concatMap']) {
        const receiver = (...args: (string | number)[]) => node('demand', driver, operator, ...args);
        const facts = { payloadBytes: PAYLOAD_BYTES, ...roundOf(PAYLOAD_BYTES) };
        openers[`${driver} ${operator}`] = link({ ...facts, sender, receiver });
      }
    }

    const rates = await interleave(openers, effort(3000, Object.keys(openers).length));
    return drivers.map((driver) => {
      const label = `${from} to fromPull and pacedMap, against concatMap`;
      const facts = { label, driver, size: PAYLOAD_BYTES };
      return compareRates(facts, rates[`${driver} pacedMap`]!, rates[`${driver} concatMap`]!);
    });
  },
};
