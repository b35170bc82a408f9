import { compareRates } from '../runner/compareRates.js';
import type { Driver } from '../runner/drivers.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate, type Round } from '../runner/Link.js';
import { doppler as python, node, type Tools } from '../runner/programs.js';
import { releases } from '../runner/releases.js';
import { type Row, roundOf } from '../runner/Row.js';

/** Who does it. */
interface Way {
  readonly label: string;
  readonly driver?: Driver;
  readonly opener: Opener<Rate>;
}

/** A round of it is that much shorter: it would take far longer than one of the others. */
const ASYNCIO_PART = 8;

/** One producer, one consumer, and everybody who can be either, in one run. */
export const sameWork: Row = {
  name: 'sameWork',
  title:
    'The same work by everybody: one producer and one consumer that look at each header, both by the same means, against both in C on libzmq',
  async run({ sizes, tools, drivers, effort }) {
    if (!tools.c) return 'it needs the programs in C';
    const figures: Figure[] = [];
    for (const size of sizes) {
      const ways = waysOf(tools, drivers, size);
      const openers: Record<string, Opener<Rate>> = {
        C: link({ payloadBytes: size, ...roundOf(size), sender: tools.c.sender(size, 1), receiver: tools.c.receiver }),
      };
      for (const way of ways) openers[nameOf(way)] = way.opener;

      const rates = await interleave(openers, effort(2500, Object.keys(openers).length));
      for (const way of ways) {
        const facts = { label: `${way.label}, same work, against C`, size, ...(way.driver && { driver: way.driver }) };
        figures.push(compareRates(facts, rates[nameOf(way)]!, rates['C']!));
      }
    }
    return figures;
  },
};

function nameOf({ label, driver }: Way): string {
  return driver ? `${label} ${driver}` : label;
}

function waysOf(tools: Tools, drivers: readonly Driver[], size: number): Way[] {
  const facts = { payloadBytes: size, ...roundOf(size) };
  const ways: Way[] = [];
  for (const driver of drivers) {
    const ours = (memory: string, receiver: string): Opener<Rate> =>
      link({
        ...facts,
        sender: node('toPush', driver, size, memory),
        receiver: (...args) => node(receiver, driver, ...args),
      });
    ways.push({ label: 'rxzmq', driver, opener: ours('copied', 'fromPull') });
    if (!releases(driver, tools, size)) continue;
    ways.push({ label: 'rxzmq, zeroCopy and release', driver, opener: ours('given', 'fromPullReleased') });
  }
  const byHand = { ...facts, sender: node('handPush', size) };
  ways.push({
    label: 'zeromq.js by hand',
    opener: link({ ...byHand, receiver: (...args) => node('handPull', ...args) }),
  });
  if (tools.pyzmq) {
    for (const way of ['blocking', 'asyncio']) {
      const round = way === 'asyncio' ? partOf(facts, ASYNCIO_PART) : facts;
      const sender = python('pyzmq', 'push', way, size);
      const receiver = (...args: (string | number)[]) => python('pyzmq', 'pull', way, ...args);
      ways.push({ label: `pyzmq, ${way}`, opener: link({ ...facts, ...round, sender, receiver }) });
    }
  }
  if (tools.doppler) {
    const receiver = (...args: (string | number)[]) => python('pull', ...args);
    ways.push({ label: "doppler's Push and Pull", opener: link({ ...facts, sender: python('push', size), receiver }) });
  }
  return ways;
}

function partOf({ warmUp, count }: Round, part: number): Round {
  return { warmUp: Math.ceil(warmUp / part), count: Math.ceil(count / part) };
}
