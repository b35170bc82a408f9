import { targetOf } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate } from '../runner/Link.js';
import type { MakeProgram, Program } from '../runner/Peer.js';
import { inC } from '../runner/cPrograms.js';
import { node } from '../runner/programs.js';
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
    const subscribers: MakeProgram = (...args) => c.subscribers(...args, SUBSCRIBERS);
    const from = (sender: (where: string) => Program): Opener<Rate> =>
      link({ payloadBytes: PAYLOAD_BYTES, sender, receiver: subscribers, ...BATCH });
    const openers: Record<string, Opener<Rate>> = {};
    for (const [name, memory] of Object.entries(inC)) {
      openers[name] = from((where) => c.publisher(PAYLOAD_BYTES, SUBSCRIBERS, memory, where));
    }
    for (const driver of drivers) {
      openers[driver] = from((where) => node('toPub', driver, PAYLOAD_BYTES, SUBSCRIBERS, where));
    }

    const rates = await interleave(openers, effort(2500, Object.keys(openers).length));
    return drivers.flatMap((driver) =>
      Object.keys(inC).map((name) => {
        const label = `toPub to ${SUBSCRIBERS} subscribers, deliveries against ${name}`;
        const facts = { label, driver, size: PAYLOAD_BYTES, ...(name === 'C' && targetOf(driver, 'fanOut')) };
        return compareRates(facts, rates[driver]!, rates[name]!);
      }),
    );
  },
};
