import { alone } from '../runner/alone.js';
import { targetOf } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate } from '../runner/Link.js';
import { fastSender, node } from '../runner/programs.js';
import { type Bench, type Row, roundOf } from '../runner/Row.js';

const COUNTS = [0, 1, 5, 20];
const PAYLOAD_BYTES = 64;
const NUMBERS = 200_000;

/** What an operator costs, and whether one with demand below costs more. */
export const growthOperators: Row = {
  name: 'growthOperators',
  title: `Growth with the number of operators, ${COUNTS.join(', ')} times map: frames of fromPull against none of them; numbers with demand (fromIterable, pacedMap) against plain RxJS (from, concatMap)`,
  async run(bench) {
    return [...(await frames(bench)), ...(await numbers(bench))];
  },
};

async function frames({ tools, drivers, effort }: Bench): Promise<Figure[]> {
  const [from, sender] = fastSender(tools, PAYLOAD_BYTES);
  const openers: Record<string, Opener<Rate>> = {};
  for (const count of COUNTS) {
    for (const driver of drivers) {
      const receiver = (...args: (string | number)[]) => node('maps', driver, count, ...args);
      const facts = { payloadBytes: PAYLOAD_BYTES, ...roundOf(PAYLOAD_BYTES) };
      openers[`${driver} ${count}`] = link({ ...facts, sender, receiver });
    }
  }
  const rates = await interleave(openers, effort(1000, Object.keys(openers).length));
  return COUNTS.filter((count) => count > 0).flatMap((count) =>
    drivers.map((driver) => {
      const facts = { label: `${from} to fromPull and ${count} map, against none`, driver, size: PAYLOAD_BYTES };
      return compareRates(facts, rates[`${driver} ${count}`]!, rates[`${driver} 0`]!);
    }),
  );
}

async function numbers({ effort }: Bench): Promise<Figure[]> {
  const openers: Record<string, Opener<Rate>> = {};
  for (const count of COUNTS) {
    openers[`demand ${count}`] = alone(node('numbers', 'fromIterable', 'pacedMap', count), NUMBERS);
    openers[`plain ${count}`] = alone(node('numbers', 'from', 'concatMap', count), NUMBERS);
  }
  const rates = await interleave(openers, effort(700, Object.keys(openers).length));
  return COUNTS.map((count) => {
    const target = count === 20 ? targetOf('engine', 'numbers') : {};
    const facts = { label: `numbers through ${count} map, with demand, against plain RxJS`, ...target };
    return compareRates(facts, rates[`demand ${count}`]!, rates[`plain ${count}`]!);
  });
}
