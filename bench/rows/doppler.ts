import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave } from '../runner/interleave.js';
import { link } from '../runner/Link.js';
import { doppler as python, fastSender, node } from '../runner/programs.js';
import { type Row, roundOf } from '../runner/Row.js';

/** The systems that rxzmq joins or replaces, on the same work. */
export const doppler: Row = {
  name: 'doppler',
  title: "Against doppler's Python: Push to Pull, and Pull alone",
  async run({ sizes, tools, effort }) {
    const figures: Figure[] = [];
    for (const size of tools.doppler ? sizes : []) {
      const facts = { payloadBytes: size, ...roundOf(size) };
      const [from, sender] = fastSender(tools, size);
      const pull = (...args: (string | number)[]) => python('pull', ...args);
      const ours = (...args: (string | number)[]) => node('fromPull', ...args);
      const { fromPull, toPush, theirPull, theirPush } = await interleave(
        {
          toPush: link({ ...facts, sender: node('toPush', size, 'false'), receiver: ours }),
          theirPush: link({ ...facts, sender: python('push', size), receiver: pull }),
          fromPull: link({ ...facts, sender, receiver: ours }),
          theirPull: link({ ...facts, sender, receiver: pull }),
        },
        effort(10_000),
      );
      figures.push(
        compareRates({ label: "toPush to fromPull, against doppler's Push to Pull", size }, toPush, theirPush),
        compareRates({ label: `${from} to fromPull and map, against doppler's Pull`, size }, fromPull, theirPull),
      );
    }
    return figures;
  },
};
