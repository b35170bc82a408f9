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
  /** The drivers of this run. */
  readonly drivers: readonly Driver[];
  /** The one driver of rows that compare no drivers: the engine, unless it is left out. */
  readonly driver: Driver;
  /** The payload sizes to measure, in bytes: those that were asked for, or those of a full run or of a quick one. */
  sizes(full: readonly number[], quick: readonly number[]): readonly number[];
  /** How long a comparison may take in this run, of so many ms in a full one for each of so many contestants. */
  effort(fullMs: number, contestants?: number): Effort;
}

/** Figures that belong together. */
export interface Row {
  /** As `--only` calls it. */
  readonly name: string;
  readonly title: string;
  /** Whether it has figures of peers in Python. */
  readonly python?: boolean;
  /** Gives its figures, or says why there are none. */
  run(bench: Bench): Promise<readonly Figure[] | string>;
}

export const KIB = 1024;
export const MIB = 1024 * KIB;

/**
 * Frames in a round by payload: what takes a tenth of a second to a third of one, and enough that V8 has compiled the code after
 * the first rounds, which do not count: it takes some 3000 frames of any size.
 */
const rounds: readonly (readonly [size: number, Round])[] = [
  [64, { warmUp: 10_000, count: 200_000 }],
  [2 * KIB, { warmUp: 4000, count: 40_000 }],
  [8 * KIB, { warmUp: 2000, count: 16_000 }],
  [16 * KIB, { warmUp: 1000, count: 9000 }],
  [32 * KIB, { warmUp: 500, count: 5000 }],
  [64 * KIB, { warmUp: 300, count: 3000 }],
  [256 * KIB, { warmUp: 200, count: 2000 }],
  [512 * KIB, { warmUp: 150, count: 1500 }],
];

/** Payloads that the work for each frame decides about. */
export const smallSizes = [64, 2 * KIB, 8 * KIB];
/** Blocks as radios send them: 2,048 samples of cf32 to 262,144. */
export const radioSizes = [16 * KIB, 64 * KIB, 256 * KIB, 512 * KIB, 2 * MIB];

/** That of the next larger payload of these; of larger ones than all of them about as many bytes. */
export function roundOf(size: number): Round {
  const found = rounds.find(([known]) => known >= size);
  if (found !== undefined) return found[1];
  const [largest, { warmUp, count }] = rounds.at(-1)!;
  const part = largest / size;
  return { warmUp: Math.max(5, Math.round(warmUp * part)), count: Math.max(20, Math.round(count * part)) };
}
