import { targetOf } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import type { Rate } from '../runner/Link.js';
import { natsDoppler, natsNode, type NatsServer, withServer } from '../runner/natsPeers.js';
import { KIB, type Row } from '../runner/Row.js';

/** As many frames of each size as take about a third of a second. */
const rounds: Readonly<Record<number, { readonly warmUp: number; readonly count: number }>> = {
  64: { warmUp: 500, count: 5000 },
  [2 * KIB]: { warmUp: 500, count: 5000 },
  [32 * KIB]: { warmUp: 100, count: 1000 },
};
/** Messages that are not confirmed yet: what `toPush` has, and one. */
const WINDOW = 256;

/** A work queue of JetStream: each frame is stored on disk, confirmed to its sender, and acknowledged by its receiver. */
export const natsPushPull: Row = {
  name: 'natsPushPull',
  title:
    "NATS: toPush to fromPull, against doppler's Push to Pull and the official client by hand, all over the same server",
  run: ({ sizes, effort }) =>
    withServer(async (server) => {
      const figures: Figure[] = [];
      for (const size of sizes([64, 2 * KIB, 32 * KIB], [2 * KIB, 32 * KIB])) {
        const openers = contestants(server, size);
        const rates = await interleave(openers, effort(1500, Object.keys(openers).length));
        const facts = { size };
        const { ours, oursOne, hand, handOne, doppler } = rates;
        figures.push(
          compareRates(
            {
              label: "toPush to fromPull, against doppler's Push to Pull",
              ...facts,
              ...targetOf('nats', 'natsDoppler', size),
            },
            ours!,
            doppler!,
          ),
          compareRates(
            { label: `toPush to fromPull, against the official client by hand, ${WINDOW} in flight`, ...facts },
            ours!,
            hand!,
          ),
          compareRates({ label: "the same, one in flight, against doppler's", ...facts }, oursOne!, doppler!),
          compareRates(
            { label: 'the same, one in flight, against the official client by hand', ...facts },
            oursOne!,
            handOne!,
          ),
        );
      }
      return figures;
    }),
};

function contestants(server: NatsServer, payloadBytes: number): Record<string, Opener<Rate>> {
  const facts = { payloadBytes, ...(rounds[payloadBytes] ?? rounds[32 * KIB]!) };
  const ours = (window: number): Opener<Rate> =>
    server.link({
      ...facts,
      sender: (endpoint) => natsNode('toPush', payloadBytes, window, endpoint),
      receiver: (endpoint, { warmUp, count }) => natsNode('receive', 'fromPull', endpoint, warmUp, count),
    });
  const hand = (window: number): Opener<Rate> =>
    server.link({
      ...facts,
      sender: (endpoint) => natsNode('handSend', 'push', payloadBytes, window, endpoint),
      receiver: (endpoint, { warmUp, count }) => natsNode('handReceive', 'pull', endpoint, warmUp, count),
    });
  const doppler = server.link({
    ...facts,
    sender: (endpoint) => natsDoppler('Push', payloadBytes, endpoint),
    receiver: (endpoint, round) => natsDoppler('Pull', payloadBytes, endpoint, round),
  });
  return { ours: ours(WINDOW), oursOne: ours(1), hand: hand(WINDOW), handOne: hand(1), doppler };
}
