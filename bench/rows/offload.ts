import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { targetOf } from '../runner/budgets.js';
import type { Figure } from '../runner/Figure.js';
import type { Row } from '../runner/Row.js';
import { ratios, summarize } from '../runner/statistics.js';

const PAYLOAD_BYTES = 65_536;
const WORKERS = 2;
/** Work for each frame, in rounds of the stage. 600 are about a millisecond; the others find where it begins to pay. */
const WORK = [600, 120, 60, 30];
/** So long one run takes, in rounds of the stage. */
const RUN_ROUNDS = 600_000;

interface Measured {
  readonly rate: number;
  readonly cpuUs: number;
  readonly mainUs: number;
}

const peer = fileURLToPath(new URL('../peers/offload.mjs', import.meta.url));

async function measure(mode: string, rounds: number): Promise<Measured> {
  const count = Math.min(4000, Math.round(RUN_ROUNDS / rounds));
  const { stdout } = await promisify(execFile)(process.execPath, [
    peer,
    ...[mode, WORKERS, PAYLOAD_BYTES, rounds, count].map(String),
  ]);
  return JSON.parse(stdout) as Measured;
}

/** What worker threads bring, and from how much work on. */
export const offload: Row = {
  name: 'offload',
  title: `A heavy stage on ${WORKERS} worker threads by offload, against the same stage in its own thread`,
  async run({ settings }) {
    if (availableParallelism() < WORKERS) return `this machine runs fewer than ${WORKERS} threads at once`;
    const figures: Figure[] = [];
    for (const rounds of settings.quick ? WORK.slice(0, 1) : WORK) {
      const [ours, inline]: [Measured[], Measured[]] = [[], []];
      for (let round = 0; round < (settings.quick ? 1 : 5); round += 1) {
        inline.push(await measure('inline', rounds)); // in turn: what slows one down slows the other down
        ours.push(await measure('copy', rounds));
      }
      const middle = (some: readonly Measured[], of: keyof Measured) => summarize(some.map((one) => one[of])).median;
      const work = Math.round(middle(inline, 'cpuUs'));
      const rate = (some: readonly Measured[]) => some.map((one) => one.rate);
      figures.push({
        label: `offload of frames with ${rounds === WORK[0] ? 'a millisecond' : `${rounds} rounds`} of work each, against map`,
        size: PAYLOAD_BYTES,
        unit: 'ratio',
        ...summarize(ratios(rate(ours), rate(inline))),
        ...(rounds === WORK[0] ? targetOf('engine', 'offload') : {}),
        absolute:
          `${work} us of CPU a frame in place, ${Math.round(middle(ours, 'cpuUs'))} us by offload, ` +
          `${Math.round(middle(ours, 'mainUs'))} us of them in the main thread`,
      });
    }
    return figures;
  },
};
