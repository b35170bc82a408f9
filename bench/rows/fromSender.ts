import { targetOf } from '../runner/budgets.js';
import { compareRates, compareReceivers } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate } from '../runner/Link.js';
import { fastSender, fromPull, node } from '../runner/programs.js';
import type { MakeProgram } from '../runner/Peer.js';
import { releases } from '../runner/releases.js';
import { KIB, radioSizes, type Row, roundOf, smallSizes } from '../runner/Row.js';

/** What decoding and Observables cost a receiver, whoever sends. */
export const fromSender: Row = {
  name: 'fromSender',
  title:
    'From a sender in C at its best: fromPull with decoded Frames through map, against C receiving, and against zeromq.js, for await, nothing decoded; rates, and what a frame takes of the processor of its receiver',
  async run({ sizes, tools, drivers, effort }) {
    const figures: Figure[] = [];
    for (const size of sizes([...smallSizes, ...radioSizes], [64, 512 * KIB])) {
      const [from, sender] = fastSender(tools, size);
      const to = (receiver: MakeProgram): Opener<Rate> =>
        link({ payloadBytes: size, sender, receiver, ...roundOf(size) });
      const openers: Record<string, Opener<Rate>> = { byHand: to((...args) => node('zeromqPull', ...args)) };
      if (tools.c) openers['C'] = to(tools.c.receiver);
      for (const driver of drivers) {
        openers[driver] = to(fromPull(driver));
        if (releases(driver, tools, size)) openers[`${driver} released`] = to(fromPull(driver, 'released'));
      }

      const rates = await interleave(openers, effort(1000, Object.keys(openers).length));
      for (const driver of drivers) {
        for (const [adds, budget] of [
          ['', 'receiverCpu'],
          [' released', 'receiverCpuReleased'],
        ] as const) {
          const mine = rates[driver + adds];
          if (!mine) continue;
          const label = `${from} to fromPull and map${adds && ', with release'}`;
          const facts = { driver, size };
          const byHand = adds ? {} : targetOf(driver, 'fromSenderByHand', size);
          if (rates['C']) {
            const cpu = { label: `${label}, receiver's CPU against C`, ...facts, ...targetOf(driver, budget, size) };
            const rate = { label: `${label}, against C`, ...facts, ...targetOf(driver, 'fromSender', size) };
            figures.push(compareRates(rate, mine, rates['C']), compareReceivers(cpu, mine, rates['C']));
          }
          figures.push(
            compareRates({ label: `${label}, against zeromq.js`, ...facts, ...byHand }, mine, rates['byHand']!),
          );
        }
      }
    }
    return figures;
  },
};
