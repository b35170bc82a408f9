import { alone } from '../runner/alone.js';
import { targetOf } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate } from '../runner/Link.js';
import { fastSender, node } from '../runner/programs.js';
import { type Bench, type Row, roundOf } from '../runner/Row.js';

const PAYLOAD_BYTES = 64;
const NUMBERS = 200_000;

/** What it costs that a source asks before it reads. */
export const demand: Row = {
  name: 'demand',
  title:
    'What demand costs: pacedMap of a synchronous result and tee, against mergeMap and connect of RxJS, which hold nothing back; frames of fromPull, and numbers without a socket',
  async run(bench) {
    return [...(await frames(bench)), ...(await numbers(bench))];
  },
};

async function frames({ tools, drivers, effort }: Bench): Promise<Figure[]> {
  const [from, sender] = fastSender(tools, PAYLOAD_BYTES);
  const openers: Record<string, Opener<Rate>> = {};
  for (const driver of drivers) {
    for (const operator of ['pacedMap', 'mergeMap']) {
      const receiver = (...args: (string | number)[]) => node('demand', driver, operator, ...args);
      const facts = { payloadBytes: PAYLOAD_BYTES, ...roundOf(PAYLOAD_BYTES) };
      openers[`${driver} ${operator}`] = link({ ...facts, sender, receiver });
    }
  }
  const rates = await interleave(openers, effort(2000, Object.keys(openers).length));
  return drivers.map((driver) => {
    const label = `${from} to fromPull and pacedMap, against mergeMap`;
    const facts = { label, driver, size: PAYLOAD_BYTES, ...targetOf(driver, 'pacedMap') };
    return compareRates(facts, rates[`${driver} pacedMap`]!, rates[`${driver} mergeMap`]!);
  });
}

async function numbers({ effort }: Bench): Promise<Figure[]> {
  const openers: Record<string, Opener<Rate>> = {};
  for (const operator of ['pacedMap', 'mergeMap', 'tee', 'connect']) {
    openers[operator] = alone(node('numbers', 'from', operator, 0), NUMBERS);
  }
  const rates = await interleave(openers, effort(1500, Object.keys(openers).length));
  return [
    compareRates(
      { label: 'numbers through pacedMap, against mergeMap', ...targetOf('engine', 'pacedMap') },
      rates['pacedMap']!,
      rates['mergeMap']!,
    ),
    compareRates({ label: 'numbers through tee of two, against connect of two' }, rates['tee']!, rates['connect']!),
  ];
}
