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
  /** How long a comparison may take in this run, of so many ms in a full one. */
  effort(fullMs: number): Effort;
}

/** Figures that belong together. */
export interface Row {
  /** As `--only` and the budgets call it. */
  readonly name: string;
  readonly title: string;
  run(bench: Bench): Promise<readonly Figure[]>;
}

const KIB = 1024;

/** The contract's payload sizes, and frames in a round of each: less than a tenth of a second. */
const rounds: readonly (readonly [size: number, Round])[] = [
  [64, { warmUp: 1000, count: 10_000 }],
  [2 * KIB, { warmUp: 1000, count: 6000 }],
  [32 * KIB, { warmUp: 300, count: 1500 }],
  [512 * KIB, { warmUp: 30, count: 150 }],
];

export const allSizes = rounds.map(([size]) => size);
/** For a quick run: one that the work for each frame decides, and one that copying does. */
export const quickSizes = [64, 32 * KIB];

export function roundOf(size: number): Round {
  return new Map(rounds).get(size) ?? { warmUp: 500, count: 2000 };
}
