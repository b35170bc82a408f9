import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate } from '../runner/Link.js';
import { node } from '../runner/programs.js';
import { releases } from '../runner/releases.js';
import { type Row, roundOf } from '../runner/Row.js';

const KIB = 1024;
const allSizes = [64, 256, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, 1024 * KIB, 2048 * KIB];
const quickSizes = [64, 4 * KIB, 2048 * KIB];

/** How the cost of a frame grows with its payload: the work for each at first, then the copy of its bytes. */
export const growthSize: Row = {
  name: 'growthSize',
  title:
    'Growth with the size of a payload, 64 B to 2 MiB: toPush to fromPull, against two programs in C on libzmq, or on zeromq.js by hand where there are none in C',
  async run({ settings, tools, drivers, effort }) {
    const figures: Figure[] = [];
    const sizes = settings.sizes.length > 0 ? settings.sizes : settings.quick ? quickSizes : allSizes;
    const against = tools.c ? 'C' : 'zeromq.js';
    for (const size of sizes) {
      const facts = { payloadBytes: size, ...roundOf(size) };
      const to =
        (name: string, ...first: string[]) =>
        (...args: (string | number)[]) =>
          node(name, ...first, ...args);
      const openers: Record<string, Opener<Rate>> = {
        baseline: tools.c
          ? link({ ...facts, sender: tools.c.sender(size, 1), receiver: tools.c.receiver })
          : link({ ...facts, sender: node('zeromqPush', size), receiver: to('zeromqPull') }),
      };
      for (const driver of drivers) {
        const sender = node('toPush', driver, size, 'copied');
        openers[driver] = link({ ...facts, sender, receiver: to('fromPull', driver) });
        if (!releases(driver, tools, size)) continue;
        const given = node('toPush', driver, size, 'given');
        openers[`${driver} released`] = link({ ...facts, sender: given, receiver: to('fromPullReleased', driver) });
      }

      const rates = await interleave(openers, effort(1500, Object.keys(openers).length));
      for (const driver of drivers) {
        const label = `any size, toPush to fromPull, against ${against}`;
        figures.push(compareRates({ label, driver, size }, rates[driver]!, rates['baseline']!));
        const released = rates[`${driver} released`];
        if (!released) continue;
        const facts = { label: `any size, zeroCopy and release, against ${against}`, driver, size };
        figures.push(compareRates(facts, released, rates['baseline']!));
      }
    }
    return figures;
  },
};
