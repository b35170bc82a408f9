import { FrameError } from '../../samples/FrameError.js';
import { OptionError } from '../../errors.js';
import type { Frame } from '../../frame/types.js';
import { describe } from '../../basics/describe.js';
import { aside } from '../../demand/aside.js';
import { CAPTURE_FIELDS, faultIn } from '../metadata/checkFields.js';
import { formatDatetime, isClockTime } from '../metadata/datetime.js';
import type { SigmfCapture, SigmfExtensionFields } from '../metadata/types.js';

/** Further fields of a capture: of extensions, and `core:geolocation`. */
export type DescribeCapture = (frame: Frame) => SigmfExtensionFields | undefined;

interface CaptureSettings {
  readonly of: string;
  readonly capture: DescribeCapture | undefined;
  readonly namespaces: readonly string[];
}

/** The capture that begins with a frame. @throws FrameError, OptionError for the result of a caller's function */
export function captureOf(
  { of, capture, namespaces }: CaptureSettings,
  frame: Frame,
  sampleStart: number,
  globalIndex: number,
): SigmfCapture {
  const { centerFreq, timestampNs } = frame;
  if (!(Math.abs(centerFreq) <= 1e12)) {
    throw new FrameError('value', `${of}: centerFreq must be a number within 1e12, not ${describe(centerFreq)}`);
  }
  const given = capture === undefined ? undefined : aside(undefined, () => capture(frame));
  const fault = given === undefined ? undefined : faultIn(given, CAPTURE_FIELDS, namespaces);
  if (fault !== undefined) throw new OptionError('capture', given, `${of}: what option 'capture' gave ${fault}`);
  return {
    'core:sample_start': sampleStart,
    ...(centerFreq === 0 ? {} : { 'core:frequency': centerFreq }),
    ...(!isClockTime(timestampNs) ? {} : { 'core:datetime': formatDatetime(timestampNs) }),
    'core:global_index': globalIndex,
    ...given,
  };
}
