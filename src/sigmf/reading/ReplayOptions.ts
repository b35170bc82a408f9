import { isBoolean, isDemand, isEither, isInteger, type Rule } from '../../options/rules.js';
import { frameRules } from '../../frame/frameOptions.js';
import type { Demand } from '../../demand/types.js';
import type { SamplePosition } from './Part.js';

/** What every source of recorded samples takes. */
export interface ReplayOptions {
  /**
   * Gives blocks at the rate that they were recorded at, `true`, or so many times as fast. @default false: as fast as there is room
   */
  readonly pace?: boolean | number | undefined;
  /** Begins again at the end: for ever, `true`, or until all was given so many times. @default false */
  readonly loop?: boolean | number | undefined;
  /** The first sample: a number counts from 0, a bigint is UNIX time in ns. @default 0 */
  readonly from?: SamplePosition | undefined;
  /** The sample to end before, likewise. @default the end */
  readonly to?: SamplePosition | undefined;
  /** Samples of a block, at most; one never spans a gap or a retune. @default 65,536 */
  readonly blockSamples?: number | undefined;
  /** Whose room is asked before each block. @default the consumer's that is found when it is subscribed */
  readonly demand?: Demand | undefined;
}

export const BLOCK_SAMPLES = 65_536;

const isSpeed: Rule = (value) =>
  typeof value === 'number' && value > 0 && value < Infinity ? undefined : 'a finite number above 0';
const isTime: Rule = (value) => (typeof value === 'bigint' && value >= 0n ? undefined : 'a bigint of ns from 0n');
const isPosition = isEither(isInteger(0), isTime);

export const replayRules = {
  pace: isEither(isBoolean, isSpeed),
  loop: isEither(isBoolean, isInteger(1)),
  from: isPosition,
  to: isPosition,
  blockSamples: isInteger(1, 2 ** 27),
  demand: isDemand,
  sampleType: frameRules.sampleType,
} satisfies Record<string, Rule>;

/** How often all of it is given. */
export function lapsOf(loop: boolean | number = false): number {
  if (loop === true) return Infinity;
  return loop === false ? 1 : loop;
}
