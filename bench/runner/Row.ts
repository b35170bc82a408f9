import type { Driver } from './drivers.js';
import type { Figure } from './Figure.js';
import type { Effort } from './interleave.js';
import type { Round } from './Link.js';
import type { Tools } from './programs.js';
import type { Settings } from './settings.js';

/** What a row has to measure with. */
export interface Bench {
  readonly settings: Settings;
  readonly tools: Tools;
  /** The payload sizes of this run, in bytes. */
  readonly sizes: readonly number[];
  /** The drivers of this run. */
  readonly drivers: readonly Driver[];
  /** How long a comparison may take in this run, of so many ms in a full one for each of so many contestants. */
  effort(fullMs: number, contestants?: number): Effort;
}

/** Figures that belong together. */
export interface Row {
  /** As `--only` calls it. */
  readonly name: string;
  readonly title: string;
  /** Gives its figures, or says why there are none. */
  run(bench: Bench): Promise<readonly Figure[] | string>;
}

const KIB = 1024;

/**
 * The contract's payload sizes, and frames in a round of each: enough to take the fastest a hundredth of a second, and
 * the slowest not much more than a third of one.
 */
const rounds: readonly (readonly [size: number, Round])[] = [
  [64, { warmUp: 5000, count: 60_000 }],
  [2 * KIB, { warmUp: 2000, count: 16_000 }],
  [32 * KIB, { warmUp: 300, count: 2400 }],
  [512 * KIB, { warmUp: 50, count: 250 }],
];

export const allSizes = rounds.map(([size]) => size);
/** For a quick run: one that the work for each frame decides, and one that copying does. */
export const quickSizes = [64, 32 * KIB];

/** That of the next larger payload of these; of larger ones than all of them about as many bytes. */
export function roundOf(size: number): Round {
  const found = rounds.find(([known]) => known >= size);
  if (found !== undefined) return found[1];
  const [largest, { warmUp, count }] = rounds.at(-1)!;
  const part = largest / size;
  return { warmUp: Math.max(5, Math.round(warmUp * part)), count: Math.max(20, Math.round(count * part)) };
}
