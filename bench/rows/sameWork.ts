import { baselines, memories, type Memory, ours } from '../runner/bothEnds.js';
import { targetOf } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import type { Driver } from '../runner/drivers.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate, type Round } from '../runner/Link.js';
import { node, type Tools } from '../runner/programs.js';
import { KIB, type Row, roundOf } from '../runner/Row.js';

/** Who does it. */
interface Way {
  readonly label: string;
  readonly driver?: Driver;
  /** Ours. */
  readonly memory?: Memory;
  readonly opener: Opener<Rate>;
}

/** A round of it is that much shorter: it would take far longer than one of the others. */
const ASYNCIO_PART = 8;

/** One producer, one consumer, and everybody who can be either, in one run. */
export const sameWork: Row = {
  name: 'sameWork',
  title:
    'The same work by everybody: one producer and one consumer that look at each header, both by the same means, against both in C on libzmq at its best, and as people write it',
  python: true,
  async run({ sizes, tools, drivers, effort }) {
    if (!tools.c) return 'it needs the programs in C';
    const figures: Figure[] = [];
    for (const size of sizes([64, 32 * KIB, 512 * KIB], [64 * KIB])) {
      const { C, 'C at its best': best } = baselines(tools, { payloadBytes: size });
      const ways = [{ label: 'C as people write it', opener: C! }, ...waysOf(tools, drivers, size)];
      const openers: Record<string, Opener<Rate>> = { best: best! };
      for (const way of ways) openers[nameOf(way)] = way.opener;

      const rates = await interleave(openers, effort(1300, Object.keys(openers).length));
      for (const way of ways) {
        const target = way.memory === 'defaults' ? targetOf(way.driver!, 'againstBestC', size) : {};
        const facts = {
          label: `${way.label}, same work, against C at its best`,
          size,
          ...(way.driver && { driver: way.driver }),
          ...target,
        };
        figures.push(compareRates(facts, rates[nameOf(way)]!, rates['best']!));
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
  const { python } = tools;
  const ways: Way[] = [];
  for (const driver of drivers) {
    for (const memory of ['defaults', 'released', 'givenAndReleased'] as const) {
      const opener = ours(tools, driver, memory, facts);
      if (opener) ways.push({ label: `rxzmq${memories[memory].adds}`, driver, memory, opener });
    }
  }
  const sender = (where: string) => node('handPush', size, where);
  ways.push({
    label: 'zeromq.js by hand',
    opener: link({ ...facts, sender, receiver: (...args) => node('handPull', ...args) }),
  });
  if (python.pyzmq) {
    for (const way of ['blocking', 'asyncio']) {
      const round = way === 'asyncio' ? partOf(facts, ASYNCIO_PART) : facts;
      const opener = link({
        ...facts,
        ...round,
        sender: (where) => python.program('pyzmq', 'push', way, size, where),
        receiver: (...args) => python.program('pyzmq', 'pull', way, ...args),
      });
      ways.push({ label: `pyzmq, ${way}`, opener });
    }
  }
  if (python.doppler) {
    const opener = link({
      ...facts,
      sender: (where) => python.program('push', size, where),
      receiver: (...args) => python.program('pull', ...args),
    });
    ways.push({ label: "doppler's Push and Pull", opener });
  }
  return ways;
}

function partOf({ warmUp, count }: Round, part: number): Round {
  return { warmUp: Math.ceil(warmUp / part), count: Math.ceil(count / part) };
}
