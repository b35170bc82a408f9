import { targetOf } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import type { Rate } from '../runner/Link.js';
import { natsDoppler, natsNode, type NatsServer, withServer } from '../runner/natsPeers.js';
import { KIB, type Row, roundOf } from '../runner/Row.js';

/** Core NATS: nothing is stored or confirmed. */
export const natsPubSub: Row = {
  name: 'natsPubSub',
  title:
    "NATS: toPub to fromSub, against the official client by hand and doppler's Publisher to Subscriber, all over the same server",
  run: ({ sizes, effort }) =>
    withServer(async (server) => {
      const figures: Figure[] = [];
      for (const size of sizes([64, 2 * KIB, 32 * KIB], [2 * KIB, 32 * KIB])) {
        const openers = contestants(server, size);
        const { ours, hand, doppler, toDoppler, fromDoppler } = await interleave(
          openers,
          effort(1200, Object.keys(openers).length),
        );
        const byHand = { label: 'toPub to fromSub, against the official client by hand', size };
        const theirs = { label: "toPub to fromSub, against doppler's Publisher to Subscriber", size };
        figures.push(
          compareRates({ ...byHand, ...targetOf('nats', 'natsByHand', size) }, ours!, hand!),
          compareRates(theirs, ours!, doppler!),
          compareRates(
            { ...theirs, label: "toPub to doppler's Subscriber, against doppler at both ends" },
            toDoppler!,
            doppler!,
          ),
          compareRates(
            { ...theirs, label: "doppler's Publisher to fromSub, against doppler at both ends" },
            fromDoppler!,
            doppler!,
          ),
        );
      }
      return figures;
    }),
};

function contestants(server: NatsServer, payloadBytes: number): Record<string, Opener<Rate>> {
  const facts = { payloadBytes, ...roundOf(payloadBytes) };
  const senders = {
    ours: (endpoint: string) => natsNode('toPub', payloadBytes, endpoint),
    hand: (endpoint: string) => natsNode('handSend', 'publish', payloadBytes, 0, endpoint),
    doppler: (endpoint: string) => natsDoppler('Publisher', payloadBytes, endpoint),
  };
  const receivers = {
    ours: (endpoint: string, { warmUp, count }: typeof facts) =>
      natsNode('receive', 'fromSub', endpoint, warmUp, count),
    hand: (endpoint: string, { warmUp, count }: typeof facts) =>
      natsNode('handReceive', 'subscribe', endpoint, warmUp, count),
    doppler: (endpoint: string, round: typeof facts) => natsDoppler('Subscriber', payloadBytes, endpoint, round),
  };
  type Whose = keyof typeof senders;
  const between = (from: Whose, to: Whose): Opener<Rate> =>
    server.link({
      ...facts,
      sender: senders[from],
      receiver: (endpoint, round) => receivers[to](endpoint, { ...facts, ...round }),
    });
  return {
    ours: between('ours', 'ours'),
    hand: between('hand', 'hand'),
    doppler: between('doppler', 'doppler'),
    toDoppler: between('ours', 'doppler'),
    fromDoppler: between('doppler', 'ours'),
  };
}
