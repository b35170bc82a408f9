import { asking, type Trips } from '../runner/asking.js';
import { costOf } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { natsDoppler, natsNode, type NatsServer, withServer } from '../runner/natsPeers.js';
import { KIB, type Row } from '../runner/Row.js';
import { ratios, summarize } from '../runner/statistics.js';

const PAYLOAD_BYTES = KIB;
const REQUESTS = 1000;

/** The latency of NATS: a request goes over the server, and so does its reply. */
export const natsRequest: Row = {
  name: 'natsRequest',
  title:
    "NATS: the round trip of request to reply, against the official client by hand and doppler's Requester to Replier, over the same server",
  run: ({ effort }) =>
    withServer(async (server) => {
      const openers = contestants(server);
      const trips = await interleave(openers, effort(2000, Object.keys(openers).length));
      const { ours, hand, doppler } = trips;
      return [
        roundTrip('request to reply, one at a time, against the official client by hand', ours!, hand!),
        roundTrip("request to reply, one at a time, against doppler's Requester to Replier", ours!, doppler!),
      ];
    }),
};

function contestants(server: NatsServer): Record<string, Opener<Trips>> {
  const between = (whose: string): Opener<Trips> =>
    asking(
      natsNode('reply', whose, server.endpoint()),
      (endpoint) => natsNode('request', whose, endpoint, PAYLOAD_BYTES),
      REQUESTS,
    );
  const doppler = asking(
    natsDoppler('Replier', PAYLOAD_BYTES, server.endpoint()),
    (endpoint) => natsDoppler('Requester', PAYLOAD_BYTES, endpoint),
    REQUESTS,
  );
  return { ours: between('ours'), hand: between('hand'), doppler };
}

function roundTrip(label: string, some: readonly Trips[], baseline: readonly Trips[]): Figure {
  const times = (each: readonly Trips[]): number[] => each.map(({ roundTripUs }) => roundTripUs);
  const shown = (each: readonly Trips[]): string => `${summarize(times(each)).median.toFixed(0)} us`;
  return {
    label,
    size: PAYLOAD_BYTES,
    unit: 'ratio',
    ...summarize(ratios(times(some), times(baseline))),
    cpu: { ours: costOf(some), baseline: costOf(baseline) },
    absolute: `${shown(some)} to ${shown(baseline)}; ${some.length} rounds`,
  };
}
