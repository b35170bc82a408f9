import { isBoolean, isDemand, isEither, isInteger, type Rule } from '../../options/rules.js';
import { frameRules } from '../../frame/frameOptions.js';
import type { Demand } from '../../demand/types.js';
import type { SamplePosition } from './Part.js';

/** Options of all sources of recorded samples. */
export interface ReplayOptions {
  /**
   * `true`: emits blocks at the rate of the recording; a number: that many times as fast. @default false: as fast as the consumer is ready
   */
  readonly pace?: boolean | number | undefined;
  /** `true`: starts again at the end, for ever; a number: plays it that many times. @default false */
  readonly loop?: boolean | number | undefined;
  /** The first sample: a number is an index from 0, a bigint is UNIX time in ns. @default 0 */
  readonly from?: SamplePosition | undefined;
  /** The sample to end before, in the same form. @default the end */
  readonly to?: SamplePosition | undefined;
  /** The maximum number of samples of a block; a block never spans a gap or a retune. @default 65,536 */
  readonly blockSamples?: number | undefined;
  /** The demand to ask before each block. @default that of the consumer found at subscription */
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

/** How many times it is played. */
export function lapsOf(loop: boolean | number = false): number {
  if (loop === true) return Infinity;
  return loop === false ? 1 : loop;
}
