import { asking, type Trips } from '../runner/asking.js';
import { targetOf } from '../runner/budgets.js';
import { compareRates, costOf } from '../runner/compareRates.js';
import type { Driver } from '../runner/drivers.js';
import type { Facts, Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import type { Program } from '../runner/Peer.js';
import { node } from '../runner/programs.js';
import type { Row } from '../runner/Row.js';
import { differences, ratios, summarize } from '../runner/statistics.js';

const PAYLOAD_BYTES = 1024;
const CONCURRENCY = 32;
/** Requests in a round, one at a time and many at once. */
const REQUESTS = 1000;
const MANY = REQUESTS * 4;

/** Round trips of one request, and many at once. */
export const request: Row = {
  name: 'request',
  title:
    'request: the round trip against zeromq.js Request, C and a bare node:net echo, and 32 at once against one at a time',
  async run({ drivers, effort, tools: { c } }) {
    const theirReply = node('zeromqReply');
    const openers: Record<string, Opener<Trips>> = {
      echo: asking(node('netEcho'), (endpoint) => node('netRequest', endpoint, PAYLOAD_BYTES), REQUESTS),
      'by hand to theirs': byHand(theirReply),
    };
    if (c) {
      const requester = (endpoint: string): Program => c.requester(endpoint, PAYLOAD_BYTES);
      openers['C'] = asking(c.replier('@tcp://127.0.0.1:*'), requester, REQUESTS);
    }
    for (const driver of drivers) {
      const ourReply = node('reply', driver);
      openers[`${driver} to theirs`] = asking(theirReply, ours(driver, 1), REQUESTS);
      openers[`${driver} to ours`] = asking(ourReply, ours(driver, 1), REQUESTS);
      openers[`by hand to ${driver}`] = byHand(ourReply);
      openers[`${driver} many to theirs`] = asking(theirReply, ours(driver, CONCURRENCY), MANY);
      openers[`${driver} many to ours`] = asking(ourReply, ours(driver, CONCURRENCY), MANY);
    }

    const trips = await interleave(openers, effort(2000, Object.keys(openers).length));
    return drivers.flatMap((driver) => {
      const facts = { driver, size: PAYLOAD_BYTES };
      const trip = { ...facts, ...targetOf(driver, 'roundTrip') };
      const many = { ...facts, ...targetOf(driver, 'concurrency') };
      const of = (name: string): readonly Trips[] => trips[name]!;
      const [toOurs, toTheirs] = [of(`${driver} to ours`), of(`${driver} to theirs`)];
      const [theirs, handToOurs] = [of('by hand to theirs'), of(`by hand to ${driver}`)];
      const both = 'request to reply, one at a time, against zeromq.js at both ends';
      const toC = { label: 'request to reply, one at a time, against C at both ends', ...facts };
      return [
        roundTrip({ label: both, ...trip }, toOurs, theirs),
        ...(trips['C'] ? [roundTrip({ ...toC, ...targetOf(driver, 'roundTripC') }, toOurs, trips['C'])] : []),
        roundTrip({ label: 'request to reply, against zeromq.js Request to reply', ...trip }, toOurs, handToOurs),
        roundTrip({ label: 'request to zeromq.js Reply, against zeromq.js Request', ...trip }, toTheirs, theirs),
        overEcho({ label: 'request to reply, over a bare node:net echo', ...facts }, toOurs, of('echo')),
        compareRates(
          { label: `request to reply, ${CONCURRENCY} at once, against one`, ...many },
          of(`${driver} many to ours`),
          toOurs,
        ),
        compareRates(
          { label: `request to zeromq.js Reply, ${CONCURRENCY} at once, against one`, ...many },
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

function byHand(answerer: Program): Opener<Trips> {
  return asking(answerer, (endpoint) => node('zeromqRequest', endpoint, PAYLOAD_BYTES), REQUESTS);
}

const times = (some: readonly Trips[]): number[] => some.map(({ roundTripUs }) => roundTripUs);

function roundTrip(facts: Facts, some: readonly Trips[], baseline: readonly Trips[]): Figure {
  return { ...facts, unit: 'ratio', ...summarize(ratios(times(some), times(baseline))), ...both(some, baseline) };
}

function overEcho(facts: Facts, some: readonly Trips[], echo: readonly Trips[]): Figure {
  return { ...facts, unit: 'us', ...summarize(differences(times(some), times(echo))), ...both(some, echo) };
}

function both(some: readonly Trips[], baseline: readonly Trips[]): Pick<Figure, 'cpu' | 'absolute'> {
  const showTime = (each: readonly Trips[]): string => `${summarize(times(each)).median.toFixed(1)} us`;
  return {
    cpu: { ours: costOf(some), baseline: costOf(baseline) },
    absolute: `${showTime(some)} to ${showTime(baseline)}; ${some.length} rounds`,
  };
}
