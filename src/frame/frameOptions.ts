import { isInteger, isNumber, isOneOf, type Rule } from '../options/rules.js';
import type { SampleType } from '../samples/types.js';
import { MAX_U32, MAX_U64 } from './header.js';
import { SAMPLE_TYPES } from '../samples/sampleTypes.js';

/** Options of {@link frame}: the metadata of the frame. */
export interface FrameOptions<T extends SampleType = SampleType> {
  /** How samples are stored. @default by the class of the array; a `Uint8Array` needs `'cf128'` */
  readonly sampleType?: T | undefined;
  /** Samples per second, in Hz. @default 0 */
  readonly sampleRate?: number | undefined;
  /** Centre frequency, in Hz. @default 0 */
  readonly centerFreq?: number | undefined;
  /** UNIX time of the first sample, in ns, from 0 to 2^64 - 1. @default getTimestampNs() */
  readonly timestampNs?: bigint | undefined;
  /** Identifies a stream: an integer from 0 to 4294967295. @default 0 */
  readonly streamId?: number | undefined;
  /** An integer from 0 to 4294967295, free for the application. @default 0 */
  readonly flags?: number | undefined;
}

const isTimestamp: Rule = (value) =>
  typeof value === 'bigint' && value >= 0n && value <= MAX_U64 ? undefined : 'a bigint from 0n to 2n ** 64n - 1n';

/** The rules of {@link FrameOptions}. */
export const frameRules = {
  sampleType: /* @__PURE__ */ isOneOf(...SAMPLE_TYPES.map(({ name }) => name)),
  sampleRate: isNumber,
  centerFreq: isNumber,
  timestampNs: isTimestamp,
  streamId: /* @__PURE__ */ isInteger(0, MAX_U32),
  flags: /* @__PURE__ */ isInteger(0, MAX_U32),
} satisfies Record<string, Rule>;
