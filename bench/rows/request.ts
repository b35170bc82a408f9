import { asking } from '../runner/asking.js';
import { targetOf } from '../runner/budgets.js';
import type { Driver } from '../runner/drivers.js';
import type { Facts, Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import type { Events, Program } from '../runner/Peer.js';
import { node } from '../runner/programs.js';
import type { Row } from '../runner/Row.js';
import { differences, ratios, summarize } from '../runner/statistics.js';
import { showRate } from '../runner/table.js';

const PAYLOAD_BYTES = 1024;
const CONCURRENCY = 32;
/** Requests in a round, one at a time and many at once. */
const REQUESTS = 1000;
const MANY = REQUESTS * 4;

type Answered = readonly Events['answered'][];

/** Round trips of one request, and many at once. */
export const request: Row = {
  name: 'request',
  title:
    'request: the round trip against zeromq.js Request and a bare node:net echo, and 32 at once against one at a time',
  async run({ drivers, effort }) {
    const theirReply = node('zeromqReply');
    const openers: Record<string, Opener<Events['answered']>> = {
      echo: asking(node('netEcho'), (endpoint) => node('netRequest', endpoint, PAYLOAD_BYTES), REQUESTS),
      'by hand to theirs': byHand(theirReply),
    };
    for (const driver of drivers) {
      const ourReply = node('reply', driver);
      openers[`${driver} to theirs`] = asking(theirReply, ours(driver, 1), REQUESTS);
      openers[`${driver} to ours`] = asking(ourReply, ours(driver, 1), REQUESTS);
      openers[`by hand to ${driver}`] = byHand(ourReply);
      openers[`${driver} many to theirs`] = asking(theirReply, ours(driver, CONCURRENCY), MANY);
      openers[`${driver} many to ours`] = asking(ourReply, ours(driver, CONCURRENCY), MANY);
    }

    const answered = await interleave(openers, effort(4000, Object.keys(openers).length));
    return drivers.flatMap((driver) => {
      const trip = { driver, size: PAYLOAD_BYTES, ...targetOf(driver, 'roundTrip') };
      const whole = { driver, size: PAYLOAD_BYTES, ...targetOf(driver, 'roundTripWhole') };
      const many = { driver, size: PAYLOAD_BYTES, ...targetOf(driver, 'concurrency') };
      const over = { driver, size: PAYLOAD_BYTES, ...targetOf(driver, 'overEchoUs') };
      const of = (name: string): Answered => answered[name]!;
      const [toOurs, toTheirs] = [of(`${driver} to ours`), of(`${driver} to theirs`)];
      const [theirs, handToOurs] = [of('by hand to theirs'), of(`by hand to ${driver}`)];
      const both = 'request to reply, one at a time, against zeromq.js at both ends';
      return [
        roundTrip({ label: both, ...whole }, toOurs, theirs),
        roundTrip({ label: 'request to reply, against zeromq.js Request to reply', ...trip }, toOurs, handToOurs),
        roundTrip({ label: 'request to zeromq.js Reply, against zeromq.js Request', ...trip }, toTheirs, theirs),
        overEcho({ label: 'request to reply, over a bare node:net echo', ...over }, toOurs, of('echo')),
        together({ label: `request to reply, ${CONCURRENCY} at once`, ...many }, of(`${driver} many to ours`), toOurs),
        together(
          { label: `request to zeromq.js Reply, ${CONCURRENCY} at once`, ...many },
          of(`${driver} many to theirs`),
          toTheirs,
        ),
      ];
    });
  },
};

function ours(driver: Driver, concurrency: number): (endpoint: string) => Program {
  return (endpoint) => node('request', driver, endpoint, PAYLOAD_BYTES, concurrency);
}

function byHand(answerer: Program): Opener<Events['answered']> {
  return asking(answerer, (endpoint) => node('zeromqRequest', endpoint, PAYLOAD_BYTES), REQUESTS);
}

const times = (some: Answered): number[] => some.map(({ roundTripUs }) => roundTripUs);
const showTime = (some: Answered): string => `${summarize(times(some)).median.toFixed(1)} us`;

function showTrips(some: Answered, baseline: Answered): string {
  const cpu = (each: Answered): string => summarize(each.map(({ cpuUs, count }) => cpuUs / count)).median.toFixed(1);
  return `${showTime(some)} to ${showTime(baseline)}; requester's CPU ${cpu(some)} to ${cpu(baseline)} us; ${some.length} rounds`;
}

function roundTrip(facts: Facts, some: Answered, baseline: Answered): Figure {
  const absolute = showTrips(some, baseline);
  return { ...facts, unit: 'ratio', ...summarize(ratios(times(some), times(baseline))), absolute };
}

function overEcho(facts: Facts, some: Answered, echo: Answered): Figure {
  const absolute = showTrips(some, echo);
  return { ...facts, unit: 'us', ...summarize(differences(times(some), times(echo))), absolute };
}

function together(facts: Facts, many: Answered, one: Answered): Figure {
  const rates = (some: Answered): number[] => some.map(({ count, ms }) => (count / ms) * 1000);
  const shown = (some: Answered): string => showRate(summarize(rates(some)).median);
  const absolute = `${shown(many)} to ${shown(one)}; ${many.length} rounds`;
  return { ...facts, unit: 'ratio', ...summarize(ratios(rates(many), rates(one))), absolute };
}
