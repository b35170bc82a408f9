import { asking } from '../runner/asking.js';
import { targetOf } from '../runner/budgets.js';
import type { Figure } from '../runner/Figure.js';
import { interleave } from '../runner/interleave.js';
import type { Events } from '../runner/Peer.js';
import { node } from '../runner/programs.js';
import type { Row } from '../runner/Row.js';
import { ratios, summarize } from '../runner/statistics.js';
import { showRate } from '../runner/table.js';

const PAYLOAD_BYTES = 1024;
const CONCURRENCY = 32;
/** Requests in a round, one at a time and many at once. */
const REQUESTS = 400;

type Answered = readonly Events['answered'][];

/** Round trips of one request, and many at once. */
export const request: Row = {
  name: 'request',
  title: 'request: the round trip against zeromq.js Request, and 32 at once against one at a time',
  async run({ effort }) {
    const figures: Figure[] = [];
    const peers = [
      ['zeromq.js Reply', 'zeromqReply'],
      ['reply', 'reply'],
    ] as const;
    for (const [peer, program] of peers) {
      const ours = (concurrency: number) => (endpoint: string) => node('request', endpoint, PAYLOAD_BYTES, concurrency);
      const { one, many, byHand } = await interleave(
        {
          one: asking(node(program), ours(1), REQUESTS),
          byHand: asking(node(program), (endpoint) => node('zeromqRequest', endpoint, PAYLOAD_BYTES), REQUESTS),
          many: asking(node(program), ours(CONCURRENCY), REQUESTS * 4),
        },
        effort(16_000),
      );
      figures.push(roundTrip(`request to ${peer}, one at a time`, one, byHand));
      figures.push(together(`request to ${peer}, ${CONCURRENCY} at once against one`, many, one));
    }
    return figures;
  },
};

function roundTrip(label: string, ours: Answered, byHand: Answered): Figure {
  const times = (some: Answered): number[] => some.map(({ roundTripUs }) => roundTripUs);
  const shown = (some: Answered): string => `${summarize(times(some)).median.toFixed(1)} us`;
  const cpu = (some: Answered): string => summarize(some.map(({ cpuUs, count }) => cpuUs / count)).median.toFixed(1);
  return {
    label,
    size: PAYLOAD_BYTES,
    unit: 'ratio',
    ...summarize(ratios(times(ours), times(byHand))),
    target: targetOf('roundTrip'),
    absolute: `${shown(ours)} to ${shown(byHand)}; requester's CPU ${cpu(ours)} to ${cpu(byHand)} us; ${ours.length} rounds`,
  };
}

function together(label: string, many: Answered, one: Answered): Figure {
  const rates = (some: Answered): number[] => some.map(({ count, ms }) => (count / ms) * 1000);
  const shown = (some: Answered): string => showRate(summarize(rates(some)).median);
  return {
    label,
    size: PAYLOAD_BYTES,
    unit: 'ratio',
    ...summarize(ratios(rates(many), rates(one))),
    target: targetOf('concurrency'),
    absolute: `${shown(many)} to ${shown(one)}; ${many.length} rounds`,
  };
}
