import { FrameError } from '../samples/FrameError.js';
import { checkOptions, isOneOf, type Rule } from '../options/rules.js';
import { checkFrame } from './checkFrame.js';
import { checkSamples } from '../samples/checkSamples.js';
import type { SampleType } from '../samples/types.js';
import type { Frame } from './types.js';
import { frameRules } from './frameOptions.js';
import type { FrameStamp } from './FrameStamp.js';
import { DPSTREAM_VERSION, PROTOCOL, VERSION } from './header.js';

/** The metadata that a sending socket sets on frames and bare arrays. */
export interface StampSettings {
  /** The sample type of everything that is sent. @default any; a bare `Uint8Array` needs `'cf128'` */
  readonly sampleType?: SampleType | undefined;
  /** For bare arrays: samples per second, in Hz. @default 0 */
  readonly sampleRate?: number | undefined;
  /** For bare arrays: centre frequency, in Hz. @default 0 */
  readonly centerFreq?: number | undefined;
  /** For bare arrays: an integer from 0 to 4294967295. @default 0 */
  readonly streamId?: number | undefined;
  /** For bare arrays: an integer from 0 to 4294967295. @default 0 */
  readonly flags?: number | undefined;
  /** Whether a Frame keeps its own time or gets the current time, as a bare array always does. @default 'keep' */
  readonly timestamp?: 'keep' | 'now' | undefined;
  /** Whether a Frame gets the next sequence number, as a bare array always does, or keeps its own. @default 'stamp' */
  readonly sequence?: 'stamp' | 'preserve' | undefined;
}

/** The same names, for options with another codec: they are for Frames only. */
export type WithoutStamp = { readonly [Name in keyof StampSettings]?: undefined };

/** The rules of {@link StampSettings}. */
export const stampRules = {
  sampleType: frameRules.sampleType,
  sampleRate: frameRules.sampleRate,
  centerFreq: frameRules.centerFreq,
  streamId: frameRules.streamId,
  flags: frameRules.flags,
  timestamp: /* @__PURE__ */ isOneOf('keep', 'now'),
  sequence: /* @__PURE__ */ isOneOf('stamp', 'preserve'),
} satisfies Record<keyof StampSettings, Rule>;

/**
 * Creates the stamp of one socket: it makes the Frames that are sent, from Frames and bare arrays.
 *
 * It counts from 0, without gaps: an input for which it throws uses no number. The result is a new plain object with the same
 * samples, without `peer`.
 *
 * @param wallNs UNIX time in ns, called only if a timestamp is needed
 * @throws OptionError if a setting has a wrong type or is out of range. The stamp itself throws FrameError: `'sampleType'` for
 * another type than that of the settings, otherwise the errors of `checkSamples` and `checkFrame`.
 */
export function createStamp(settings: StampSettings, wallNs: () => bigint): FrameStamp {
  const { sampleType, sampleRate = 0, centerFreq = 0, streamId = 0, flags = 0, timestamp, sequence } = settings;
  const own = { sampleType, sampleRate, centerFreq, streamId, flags, timestamp, sequence };
  checkOptions('stamp', own, stampRules);
  const replacesTime = timestamp === 'now';
  const keepsSequence = sequence === 'preserve';
  let next = 0;

  return (input) => {
    if (ArrayBuffer.isView(input)) {
      const info = checkSamples(input, sampleType);
      const timestampNs = wallNs();
      return {
        sampleType: info.name,
        samples: input,
        numSamples: input.length / info.elementsPerSample,
        sampleRate,
        centerFreq,
        sequence: next++,
        timestampNs,
        streamId,
        flags,
        protocol: PROTOCOL,
        version: VERSION,
      } as Frame; // checkSamples has checked that class and type match
    }
    const { elementsPerSample } = checkFrame(input);
    if (sampleType !== undefined && input.sampleType !== sampleType) throw otherType(input.sampleType, sampleType);
    const timestampNs = replacesTime ? wallNs() : input.timestampNs;
    return {
      sampleType: input.sampleType,
      samples: input.samples,
      numSamples: input.samples.length / elementsPerSample,
      sampleRate: input.sampleRate,
      centerFreq: input.centerFreq,
      sequence: keepsSequence ? input.sequence : next++,
      timestampNs,
      streamId: input.streamId,
      flags: input.flags,
      protocol: input.protocol,
      version: input.version === DPSTREAM_VERSION ? VERSION : input.version,
    } as Frame; // checkFrame has checked that class and type match
  };
}

function otherType(given: SampleType, wanted: SampleType): FrameError {
  const error = new FrameError('sampleType', `a frame of ${given} was given where sampleType is '${wanted}'`);
  error.sampleType = given;
  return error;
}
