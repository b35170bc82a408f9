import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asking } from '../runner/asking.js';
import { compareRates } from '../runner/compareRates.js';
import type { Figure, Target } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { link, type Rate } from '../runner/Link.js';
import type { Events, Program } from '../runner/Peer.js';
import { doppler, node } from '../runner/programs.js';
import type { Bench, Row } from '../runner/Row.js';
import { ratios, summarize } from '../runner/statistics.js';
import { showRate } from '../runner/table.js';

const KIB = 1024;
const REQUESTS = 1000;

/** A line of the table. */
interface Way {
  readonly pair: readonly [writer: 'dealer' | 'pub', reader: 'router' | 'sub'];
  readonly carrier: 'tcp' | 'ipc';
  readonly payloadBytes: number;
  readonly mark: number;
  readonly rounds: { readonly warmUp: number; readonly count: number };
  readonly target?: Target;
}

const small = { warmUp: 2000, count: 20_000 };
const large = { warmUp: 200, count: 1500 };
const dealer = ['dealer', 'router'] as const;

const ways: readonly Way[] = [
  { pair: dealer, carrier: 'tcp', payloadBytes: KIB, mark: 50, rounds: small, target: { atLeast: 1.5 } },
  { pair: dealer, carrier: 'tcp', payloadBytes: KIB, mark: 1000, rounds: small },
  { pair: dealer, carrier: 'tcp', payloadBytes: 128 * KIB, mark: 50, rounds: large, target: { atLeast: 1.2 } },
  { pair: dealer, carrier: 'ipc', payloadBytes: KIB, mark: 50, rounds: small },
  { pair: dealer, carrier: 'ipc', payloadBytes: 128 * KIB, mark: 50, rounds: large },
  { pair: ['pub', 'sub'], carrier: 'tcp', payloadBytes: KIB, mark: 1_000_000, rounds: small },
];

/** Savant readers and writers against the wheel, and zeromq.js by hand without protobuf. */
export const savant: Row = {
  name: 'savant',
  title: 'savant: toWriter to fromReader, against savant_rs from Python, and zeromq.js by hand without protobuf',
  async run(bench) {
    const { command } = doppler('savant');
    if (spawnSync(command, ['-c', 'import savant_rs.zmq']).status !== 0) {
      return "no savant_rs: 'node test/interop/setup.mjs' installs it where there is a build of it";
    }
    const figures: Figure[] = [];
    for (const way of ways) figures.push(...(await rates(bench, way)));
    return [...figures, ...(await roundTrips(bench))];
  },
};

async function rates({ effort }: Bench, way: Way): Promise<Figure[]> {
  const { pair, carrier, payloadBytes, mark, rounds, target } = way;
  const [writer, reader] = pair;
  const place = (who: string): string =>
    carrier === 'tcp' ? 'tcp://127.0.0.1:0' : `ipc://${join(tmpdir(), `savant-bench-${process.pid}-${who}`)}`;
  const openers: Record<string, Opener<Rate>> = {
    ours: link({
      payloadBytes,
      ...rounds,
      sender: node('savantWriter', writer, place('ours'), payloadBytes, mark),
      receiver: (...args) => node('savantReader', reader, mark, ...args),
    }),
    wheel: link({
      payloadBytes,
      ...rounds,
      sender: doppler('savant', 'writer', writer, place('wheel'), payloadBytes, mark),
      receiver: (...args) => doppler('savant', 'reader', reader, mark, ...args),
    }),
  };
  if (writer === 'dealer') {
    openers['byHand'] = link({
      payloadBytes,
      ...rounds,
      sender: node('zeromqDealer', place('byHand').replace(/:0$/, ':*'), payloadBytes, mark),
      receiver: (...args) => node('zeromqRouter', mark, ...args),
    });
  }
  const measured = await interleave(openers, effort(4500, Object.keys(openers).length));
  const what = `${writer.toUpperCase()} to ${reader.toUpperCase()}, ${carrier}, mark ${mark}`;
  const figure = (against: string, baseline: readonly Rate[], asked?: Target): Figure => {
    const label = `${what}, against ${against}`;
    const facts = { label, size: payloadBytes, ...(asked && { target: asked }) };
    return compareRates(facts, measured['ours']!, baseline);
  };
  const figures = [figure('savant_rs', measured['wheel']!, target)];
  if (measured['byHand']) figures.push(figure('zeromq.js, no protobuf', measured['byHand']));
  return figures;
}

type Answered = readonly Events['answered'][];

async function roundTrips({ effort }: Bench): Promise<Figure[]> {
  const pair = (answerer: Program, asker: (endpoint: string) => Program): Opener<Events['answered']> =>
    asking(answerer, asker, REQUESTS);
  const measured = await interleave(
    {
      ours: pair(node('savantAnswerer'), (endpoint) => node('savantAsker', endpoint, KIB)),
      wheel: pair(doppler('savant', 'answerer'), (endpoint) => doppler('savant', 'asker', endpoint, KIB)),
      byHand: pair(node('zeromqReply'), (endpoint) => node('zeromqRequest', endpoint, KIB)),
    },
    effort(4000, 3),
  );
  const perSecond = (some: Answered): number[] => some.map(({ count, ms }) => (count / ms) * 1000);
  const figure = (against: string, baseline: Answered, target?: Target): Figure => {
    const [ours, theirs] = [perSecond(measured.ours), perSecond(baseline)];
    const shown = (each: number[]): string => showRate(summarize(each).median);
    return {
      label: `REQ to REP, tcp, round trips, against ${against}`,
      size: KIB,
      unit: 'ratio',
      ...(target && { target }),
      ...summarize(ratios(ours, theirs)),
      absolute: `${shown(ours)} to ${shown(theirs)}; ${measured.ours.length} rounds`,
    };
  };
  return [figure('savant_rs', measured.wheel, { atLeast: 2 }), figure('zeromq.js, no protobuf', measured.byHand)];
}
