import { targetAt } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave } from '../runner/interleave.js';
import { link } from '../runner/Link.js';
import { node } from '../runner/programs.js';
import { type Row, roundOf } from '../runner/Row.js';

/** Both ends ours against both ends by hand. */
export const pushPull: Row = {
  name: 'pushPull',
  title: 'toPush to fromPull, against zeromq.js by hand at both ends, which sends the same two buffers over and over',
  async run({ sizes, effort }) {
    const figures: Figure[] = [];
    for (const payloadBytes of sizes) {
      const facts = { payloadBytes, ...roundOf(payloadBytes) };
      const receiver = (...args: (string | number)[]) => node('fromPull', ...args);
      const { copies, zeroCopy, byHand } = await interleave(
        {
          copies: link({ ...facts, sender: node('toPush', payloadBytes, 'false'), receiver }),
          byHand: link({
            ...facts,
            sender: node('zeromqPush', payloadBytes),
            receiver: (...args) => node('zeromqPull', ...args),
          }),
          zeroCopy: link({ ...facts, sender: node('toPush', payloadBytes, 'true'), receiver }),
        },
        effort(14_000),
      );
      const same = { size: payloadBytes, ...targetAt('pushPull', payloadBytes) };
      figures.push(
        compareRates({ label: 'toPush to fromPull, zeroCopy', ...same }, zeroCopy, byHand),
        compareRates({ label: 'toPush to fromPull', ...same }, copies, byHand),
      );
    }
    return figures;
  },
};
