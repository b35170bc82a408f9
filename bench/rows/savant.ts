import { asking, type Trips } from '../runner/asking.js';
import { type Budget, targetOf } from '../runner/budgets.js';
import { compareRates } from '../runner/compareRates.js';
import type { Figure } from '../runner/Figure.js';
import { interleave, type Opener } from '../runner/interleave.js';
import { type Carrier, link, type Rate } from '../runner/Link.js';
import { node } from '../runner/programs.js';
import { type Bench, KIB, type Row } from '../runner/Row.js';

const REQUESTS = 1000;

/** A line of the table. */
interface Way {
  readonly pair: readonly [writer: 'dealer' | 'pub', reader: 'router' | 'sub'];
  readonly carrier: Carrier;
  readonly payloadBytes: number;
  readonly mark: number;
  readonly rounds: { readonly warmUp: number; readonly count: number };
  readonly budget?: Budget;
}

const small = { warmUp: 2000, count: 20_000 };
const large = { warmUp: 200, count: 1500 };
const dealer = ['dealer', 'router'] as const;

const ways: readonly Way[] = [
  { pair: dealer, carrier: 'tcp', payloadBytes: KIB, mark: 50, rounds: small, budget: 'savant' },
  { pair: dealer, carrier: 'tcp', payloadBytes: KIB, mark: 1000, rounds: small },
  { pair: dealer, carrier: 'tcp', payloadBytes: 128 * KIB, mark: 50, rounds: large, budget: 'savant' },
  { pair: dealer, carrier: 'ipc', payloadBytes: KIB, mark: 50, rounds: small },
  { pair: dealer, carrier: 'ipc', payloadBytes: 128 * KIB, mark: 50, rounds: large, budget: 'savantIpc' },
  { pair: ['pub', 'sub'], carrier: 'tcp', payloadBytes: KIB, mark: 1_000_000, rounds: small },
];

/** Savant readers and writers against the wheel, and zeromq.js by hand without protobuf. */
export const savant: Row = {
  name: 'savant',
  title: 'savant: toWriter to fromReader, against savant_rs from Python, and zeromq.js by hand without protobuf',
  python: true,
  async run(bench) {
    if (!bench.tools.python.savant) return 'savant_rs is not installed';
    const figures: Figure[] = [];
    for (const way of ways) {
      const { sizes, quick } = bench.settings;
      const isAsked = sizes.length > 0 ? sizes.includes(way.payloadBytes) : !quick || way.budget !== undefined;
      if (!isAsked) continue;
      figures.push(...(await rates(bench, way)));
    }
    return [...figures, ...(await roundTrips(bench))];
  },
};

async function rates({ effort, tools: { python } }: Bench, way: Way): Promise<Figure[]> {
  const { pair, carrier, payloadBytes, mark, rounds, budget } = way;
  const [writer, reader] = pair;
  const facts = { payloadBytes, carrier, ...rounds };
  const openers: Record<string, Opener<Rate>> = {
    ours: link({
      ...facts,
      sender: (where) => node('savantWriter', writer, payloadBytes, mark, where),
      receiver: (...args) => node('savantReader', reader, mark, ...args),
    }),
    savant_rs: link({
      ...facts,
      sender: (where) => python.program('savant', 'writer', writer, payloadBytes, mark, where),
      receiver: (...args) => python.program('savant', 'reader', reader, mark, ...args),
    }),
  };
  if (writer === 'dealer') {
    openers['zeromq.js, no protobuf'] = link({
      ...facts,
      sender: (where) => node('zeromqDealer', payloadBytes, mark, where),
      receiver: (...args) => node('zeromqRouter', mark, ...args),
    });
  }
  const { ours, ...baselines } = await interleave(openers, effort(2000, Object.keys(openers).length));
  const what = `${writer.toUpperCase()} to ${reader.toUpperCase()}, ${carrier}, mark ${mark}`;
  return Object.entries(baselines).map(([against, baseline]) => {
    const target = budget && against === 'savant_rs' ? targetOf('engine', budget, payloadBytes) : {};
    return compareRates({ label: `${what}, against ${against}`, size: payloadBytes, ...target }, ours!, baseline);
  });
}

async function roundTrips({ effort, tools: { python } }: Bench): Promise<Figure[]> {
  const ask = (endpoint: string) => python.program('savant', 'asker', endpoint, KIB);
  const openers: Record<string, Opener<Trips>> = {
    ours: asking(node('savantAnswerer'), (endpoint) => node('savantAsker', endpoint, KIB), REQUESTS),
    savant_rs: asking(python.program('savant', 'answerer'), ask, REQUESTS),
    'zeromq.js, no protobuf': asking(node('zeromqReply'), (endpoint) => node('zeromqRequest', endpoint, KIB), REQUESTS),
  };
  const { ours, ...baselines } = await interleave(openers, effort(2000, 3));
  return Object.entries(baselines).map(([against, baseline]) => {
    const target = against === 'savant_rs' ? targetOf('engine', 'savantRoundTrips') : {};
    return compareRates(
      { label: `REQ to REP, tcp, round trips, against ${against}`, size: KIB, ...target },
      ours!,
      baseline,
    );
  });
}
