import { targetAt } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave } from '../runner/interleave.js';
import { link } from '../runner/Link.js';
import { fastSender, node } from '../runner/programs.js';
import { type Row, roundOf } from '../runner/Row.js';

/** What decoding and Observables cost a receiver, whoever sends. */
export const fromSender: Row = {
  name: 'fromSender',
  title: 'From a sender in C: fromPull with decoded Frames through map, against zeromq.js, for await, nothing decoded',
  async run({ sizes, tools, effort }) {
    const figures: Figure[] = [];
    for (const payloadBytes of sizes) {
      const [from, sender] = fastSender(tools, payloadBytes);
      const facts = { payloadBytes, sender, ...roundOf(payloadBytes) };
      const { ours, byHand } = await interleave(
        {
          ours: link({ ...facts, receiver: (...args) => node('fromPull', ...args) }),
          byHand: link({ ...facts, receiver: (...args) => node('zeromqPull', ...args) }),
        },
        effort(11_000),
      );
      const label = `${from} to fromPull and map`;
      figures.push(compareRates({ label, size: payloadBytes, ...targetAt('fromSender', payloadBytes) }, ours, byHand));
    }
    return figures;
  },
};
