import { FrameError } from '../samples/FrameError.js';
import { checkOptions, isOneOf, type Rule } from '../options/rules.js';
import { checkFrame } from './checkFrame.js';
import { checkSamples } from '../samples/checkSamples.js';
import type { SampleType } from '../samples/types.js';
import type { Frame } from './types.js';
import { frameRules } from './frameOptions.js';
import type { FrameStamp } from './FrameStamp.js';
import { DPSTREAM_VERSION, PROTOCOL, VERSION } from './header.js';

/** What a socket that sends puts on frames and bare arrays. */
export interface StampSettings {
  /** The type of all that is sent. @default any; a bare `Uint8Array` needs `'cf128'` */
  readonly sampleType?: SampleType | undefined;
  /** For bare arrays: samples a second, in Hz. @default 0 */
  readonly sampleRate?: number | undefined;
  /** For bare arrays: centre frequency, in Hz. @default 0 */
  readonly centerFreq?: number | undefined;
  /** For bare arrays: an integer from 0 to 4294967295. @default 0 */
  readonly streamId?: number | undefined;
  /** For bare arrays: an integer from 0 to 4294967295. @default 0 */
  readonly flags?: number | undefined;
  /** Whether a Frame keeps its own time or gets the present; a bare array always gets that. @default 'keep' */
  readonly timestamp?: 'keep' | 'now' | undefined;
  /** Whether a Frame is counted or keeps its own number; a bare array is always counted. @default 'stamp' */
  readonly sequence?: 'stamp' | 'preserve' | undefined;
}

/** The rules that the fields of {@link StampSettings} keep. */
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
 * Makes the stamp of one socket: it turns Frames and bare arrays into the Frames that go out.
 *
 * It counts from 0, without gaps: an input that throws takes no number. What it gives is a new plain object over the
 * same samples, and says no `peer`.
 *
 * @param wallNs UNIX time in ns, asked only where a timestamp is needed
 * @throws OptionError where a setting has a wrong type or is out of range. The stamp itself throws FrameError:
 * `'sampleType'` for another type than the settings', else what `checkSamples` and `checkFrame` throw.
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
      } as Frame; // checkSamples has matched the class with the type
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
    } as Frame; // checkFrame has matched the class with the type
  };
}

function otherType(given: SampleType, wanted: SampleType): FrameError {
  const error = new FrameError('sampleType', `a frame of ${given} was given where sampleType is '${wanted}'`);
  error.sampleType = given;
  return error;
}
