import { targetOf } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate } from '../runner/Link.js';
import { node, type CProgram } from '../runner/programs.js';
import type { Program } from '../runner/Peer.js';
import type { Row } from '../runner/Row.js';

const SUBSCRIBERS = 100;
const PAYLOAD_BYTES = 64;
/** Each of them is delivered to all: a batch is given at once, and the next one once all have all of it. */
const BATCH = { warmUp: 500, count: 5000 };

/** What many subscribers cost a publisher. */
export const fanOut: Row = {
  name: 'fanOut',
  title: `A publisher in batches to ${SUBSCRIBERS} subscribers that only count, nothing dropped, deliveries a second against PUB in C`,
  async run({ tools: { c }, drivers, effort }) {
    if (!c) return 'it needs the programs in C';
    const subscribers: CProgram = (...args) => c.subscribers(...args, SUBSCRIBERS);
    const from = (sender: Program): Opener<Rate> =>
      link({ payloadBytes: PAYLOAD_BYTES, sender, receiver: subscribers, ...BATCH });
    const openers: Record<string, Opener<Rate>> = { C: from(c.publisher(PAYLOAD_BYTES, SUBSCRIBERS)) };
    for (const driver of drivers) openers[driver] = from(node('toPub', driver, PAYLOAD_BYTES, SUBSCRIBERS));

    const rates = await interleave(openers, effort(4500, Object.keys(openers).length));
    return drivers.map((driver) => {
      const label = `toPub to ${SUBSCRIBERS} subscribers, deliveries against C`;
      const facts = { label, driver, size: PAYLOAD_BYTES, ...targetOf(driver, 'fanOut') };
      return compareRates(facts, rates[driver]!, rates['C']!);
    });
  },
};
