import { targetOf } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate } from '../runner/Link.js';
import type { MakeProgram } from '../runner/Peer.js';
import { fromPull } from '../runner/programs.js';
import { type Row, roundOf } from '../runner/Row.js';

const PEERS = 100;
const PAYLOAD_BYTES = 64;

/** What many connections cost a receiver. */
export const fanIn: Row = {
  name: 'fanIn',
  title: `${PEERS} PUSH sockets in C into one fromPull that binds, decoded Frames through map, against one PULL in C`,
  async run({ tools: { c }, drivers, effort }) {
    if (!c) return 'it needs the programs in C';
    const into = (receiver: MakeProgram): Opener<Rate> =>
      link({
        payloadBytes: PAYLOAD_BYTES,
        sender: (where) => c.sender(PAYLOAD_BYTES, PEERS, 'given', where),
        receiver,
        binds: 'receiver',
        ...roundOf(PAYLOAD_BYTES),
      });
    const openers: Record<string, Opener<Rate>> = { C: into(c.receiver) };
    for (const driver of drivers) openers[driver] = into(fromPull(driver));

    const rates = await interleave(openers, effort(2500, Object.keys(openers).length));
    return drivers.map((driver) => {
      const label = `${PEERS} C senders to one fromPull and map, against C`;
      const facts = { label, driver, size: PAYLOAD_BYTES, ...targetOf(driver, 'fanIn') };
      return compareRates(facts, rates[driver]!, rates['C']!);
    });
  },
};
