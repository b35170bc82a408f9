import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate } from '../runner/Link.js';
import type { MakeProgram } from '../runner/Peer.js';
import { fromPull, node } from '../runner/programs.js';
import type { CPrograms } from '../runner/cPrograms.js';
import { type Bench, type Row, roundOf } from '../runner/Row.js';

const COUNTS = [1, 10, 100];
const PAYLOAD_BYTES = 64;
const ROUND = { payloadBytes: PAYLOAD_BYTES, ...roundOf(PAYLOAD_BYTES) };

/** What it costs that frames come in many streams instead of one: the same number of frames, spread over them. */
export const growthStreams: Row = {
  name: 'growthStreams',
  title: `Growth with the number of streams, ${COUNTS.join(', ')}: senders in C into one fromPull that binds, and a fromPull for each sender in one process`,
  async run(bench) {
    const { c } = bench.tools;
    if (!c) return 'it needs the programs in C';
    return [...(await intoOne(bench, c)), ...(await each(bench, c))];
  },
};

async function intoOne({ drivers, effort }: Bench, c: CPrograms): Promise<Figure[]> {
  const openers: Record<string, Opener<Rate>> = {};
  for (const count of COUNTS) {
    const into = (receiver: MakeProgram): Opener<Rate> =>
      link({
        ...ROUND,
        binds: 'receiver',
        sender: (where) => c.sender(PAYLOAD_BYTES, count, 'given', where),
        receiver,
      });
    openers[`C ${count}`] = into(c.receiver);
    for (const driver of drivers) openers[`${driver} ${count}`] = into(fromPull(driver));
  }
  const rates = await interleave(openers, effort(900, Object.keys(openers).length));
  const figures: Figure[] = [];
  for (const count of COUNTS) {
    const senders = count === 1 ? '1 sender' : `${count} senders`;
    for (const driver of drivers) {
      const ours = rates[`${driver} ${count}`]!;
      const facts = { driver, size: PAYLOAD_BYTES };
      figures.push(
        compareRates({ ...facts, label: `${senders} into one fromPull, against C` }, ours, rates[`C ${count}`]!),
      );
      if (count === 1) continue;
      figures.push(
        compareRates({ ...facts, label: `${senders} into one fromPull, against 1` }, ours, rates[`${driver} 1`]!),
      );
    }
  }
  return figures;
}

async function each({ drivers, effort }: Bench, c: CPrograms): Promise<Figure[]> {
  const openers: Record<string, Opener<Rate>> = {};
  for (const count of COUNTS) {
    for (const driver of drivers) {
      const receiver: MakeProgram = (...args) => node('fromPulls', driver, ...args);
      const sender = (where: string) => c.sender(PAYLOAD_BYTES, count, 'given', where);
      openers[`${driver} ${count}`] = link({ ...ROUND, sender, receiver });
    }
  }
  const rates = await interleave(openers, effort(900, Object.keys(openers).length));
  return COUNTS.filter((count) => count > 1).flatMap((count) =>
    drivers.map((driver) => {
      const facts = { label: `${count} fromPull, a sender each, against 1`, driver, size: PAYLOAD_BYTES };
      return compareRates(facts, rates[`${driver} ${count}`]!, rates[`${driver} 1`]!);
    }),
  );
}
