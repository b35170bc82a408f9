import type { OperatorFunction } from 'rxjs';
import { MAX_BUFFERED } from '../demand/overflow.js';
import { stampRules, type StampSettings } from '../frame/createStamp.js';
import type { Frame, FrameFrom, FrameInput } from '../frame/types.js';
import { operate, type OperateOptions } from '../rx/operate.js';
import { checkOptions, isBoolean, isDemand, isInteger } from '../options/rules.js';
import { requirePath } from './files/requirePath.js';
import { formatOfName, type IqFormat, isIqFormat } from './iq/IqFormat.js';
import { IqRecorder } from './iq/IqRecorder.js';
import { WritingFlow } from './writing/WritingFlow.js';

/** Options of {@link toIqFile}. */
export interface ToIqFileOptions
  extends Pick<OperateOptions, 'demand'>, Pick<StampSettings, 'sampleType' | 'sampleRate' | 'centerFreq'> {
  /** The format of the file. @default by the extension of its name; otherwise raw, with the type of the first frame */
  readonly format?: IqFormat | undefined;
  /** The sample type to write, for a format that allows several, such as WAV. @default that of the first frame */
  readonly sampleType?: StampSettings['sampleType'];
  /** Whether to replace an existing file, which is otherwise an error. @default false */
  readonly overwrite?: boolean | undefined;
  /** How many frames from a source that ignores back-pressure may wait; one more is an `OverflowError`. @default 1000 */
  readonly maxBuffered?: number | undefined;
}

const rules = {
  format: isIqFormat,
  sampleType: stampRules.sampleType,
  sampleRate: stampRules.sampleRate,
  centerFreq: stampRules.centerFreq,
  overwrite: isBoolean,
  maxBuffered: isInteger(0),
  demand: isDemand,
};

/**
 * Writes samples to a file without metadata, `-` for the standard output, and emits the frames once they are written.
 *
 * Raw samples are little-endian, I before Q. A WAV file has I on the left, Q on the right, the rate of its first frame, and the
 * frequency and start time where receiver programs look for them. Frames of another type are converted by full scale, as with
 * `convertSamples`; numbers that do not fit saturate.
 *
 * **Delivery** Lossless. A consumer: holds back its source while 1 MiB waits to be written.
 *
 * **Ends** Completes once everything is
 * on the disk. Error: of the source, an `OverflowError`, a `FrameError` (a WAV file whose rate changes), or a {@link FileError},
 * which says what was `kept`. After unsubscription it accepts no more frames; accepted frames are still written in the background.
 * ```text
 * source  -a-b-c---|
 * disk     a--bc---
 * output  ---a--(bc)-|
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/toIqFile.ts#main}
 *
 * @param path the file; its extension says the format
 * @param options the format, and whether a file may be replaced
 * @throws OptionError at the call
 * @see {@link toSigmf}, which keeps retunes, gaps and times as well
 */
export function toIqFile<I extends FrameInput>(
  path: string,
  options: ToIqFileOptions = {},
): OperatorFunction<I, FrameFrom<I>> {
  requirePath(OF, path);
  checkOptions(OF, options, rules);
  const { sampleType, sampleRate, centerFreq, overwrite = false, maxBuffered = MAX_BUFFERED } = options;
  const format = options.format ?? formatOfName(path);
  const settings = { of: OF, path, format, sampleType, stamp: { sampleRate, centerFreq }, overwrite };
  return operate<I, Frame>(
    (out, gate) => new WritingFlow({ of: OF, path, maxBuffered }, new IqRecorder(settings), out, gate),
    options,
  ) as OperatorFunction<I, FrameFrom<I>>; // frames are emitted unchanged
}

const OF = 'toIqFile';
