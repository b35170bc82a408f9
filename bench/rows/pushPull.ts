import { type Budget, targetOf } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate } from '../runner/Link.js';
import { type CProgram, node } from '../runner/programs.js';
import { releases } from '../runner/releases.js';
import { type Row, roundOf } from '../runner/Row.js';

interface Way {
  /** What the table adds to the label. */
  readonly adds: string;
  /** As `toPush.mjs` calls it. */
  readonly memory: 'copied' | 'given' | 'recycled';
  readonly receiver: 'fromPull' | 'fromPullReleased';
  readonly byHand?: Budget;
  readonly c?: Budget;
}

/** How frames are sent and received. */
const ways: readonly Way[] = [
  { adds: '', memory: 'copied', receiver: 'fromPull', byHand: 'pushPull', c: 'againstC' },
  { adds: ', zeroCopy', memory: 'given', receiver: 'fromPull', byHand: 'pushPull', c: 'againstC' },
  {
    adds: ', zeroCopy and release',
    memory: 'given',
    receiver: 'fromPullReleased',
    byHand: 'pushPullReleased',
    c: 'againstCReleased',
  },
  // as a program does that fills its arrays anew; the others here send the same memory over and over
  { adds: ', arrays recycled and release', memory: 'recycled', receiver: 'fromPullReleased' },
];

/** Both ends ours against both ends by hand, and against both in C. */
export const pushPull: Row = {
  name: 'pushPull',
  title:
    'toPush to fromPull, against two programs on zeromq.js by hand, and two in C on libzmq; these send the same two buffers over and over',
  async run({ sizes, tools, drivers, effort }) {
    const figures: Figure[] = [];
    for (const size of sizes) {
      const facts = { payloadBytes: size, ...roundOf(size) };
      const receiving =
        (name: string, ...first: string[]): CProgram =>
        (...args) =>
          node(name, ...first, ...args);
      const openers: Record<string, Opener<Rate>> = {
        byHand: link({ ...facts, sender: node('zeromqPush', size), receiver: receiving('zeromqPull') }),
      };
      if (tools.c) openers['C'] = link({ ...facts, sender: tools.c.sender(size, 1), receiver: tools.c.receiver });
      for (const driver of drivers) {
        for (const { adds, memory, receiver } of ways) {
          if (receiver === 'fromPullReleased' && !releases(driver, tools, size)) continue;
          const sender = node('toPush', driver, size, memory);
          openers[driver + adds] = link({ ...facts, sender, receiver: receiving(receiver, driver) });
        }
      }

      const rates = await interleave(openers, effort(4500, Object.keys(openers).length));
      for (const driver of drivers) {
        for (const { adds, byHand, c } of ways) {
          const ours = rates[driver + adds];
          if (!ours) continue;
          const compare = (against: string, budget: Budget | undefined, baseline: readonly Rate[]): Figure => {
            const label = `toPush to fromPull${adds}, against ${against}`;
            const target = budget ? targetOf(driver, budget, size) : {};
            return compareRates({ label, driver, size, ...target }, ours, baseline);
          };
          figures.push(compare('zeromq.js', byHand, rates['byHand']!));
          if (rates['C']) figures.push(compare('C', c, rates['C']));
        }
      }
    }
    return figures;
  },
};
