import { basename } from 'node:path';
import type { OperatorFunction } from 'rxjs';
import { MAX_BUFFERED } from '../demand/overflow.js';
import { stampRules, type StampSettings } from '../frame/createStamp.js';
import type { Frame, FrameFrom, FrameInput } from '../frame/types.js';
import { operate, type OperateOptions } from '../rx/operate.js';
import { checkOptions, isBoolean, isDemand, isDuration, isFunction, isInteger } from '../options/rules.js';
import { OptionError } from '../errors.js';
import { withoutSuffix, SUFFIX } from './files/names.js';
import { requirePath } from './files/requirePath.js';
import { faultIn, GLOBAL_FIELDS } from './metadata/checkFields.js';
import { isObject } from './metadata/isObject.js';
import type { SigmfExtension, SigmfGlobal } from './metadata/types.js';
import type { AnnotateFrame } from './writing/annotations.js';
import type { DescribeCapture } from './writing/captureOf.js';
import { SigmfRecorder, type SigmfRecorderSettings } from './writing/SigmfRecorder.js';
import { WritingFlow } from './writing/WritingFlow.js';

/** Options of {@link toSigmf}. */
export interface ToSigmfOptions
  extends Pick<OperateOptions, 'demand'>, Pick<StampSettings, 'sampleType' | 'sampleRate' | 'centerFreq'> {
  /**
   * Fields of the whole recording: `core:author`, `core:description`, `core:hw`, `core:license` and the like, and those of
   * extensions that its `core:extensions` declares. @default `core:recorder` is `'rxzmq'`
   */
  readonly global?: Partial<SigmfGlobal> | undefined;
  /** Returns fields of extensions, or `core:geolocation`, for the capture that begins with a frame. @default none */
  readonly capture?: DescribeCapture | undefined;
  /** Returns annotations for a frame; their `core:sample_start` counts from its first sample. @default none */
  readonly annotate?: AnnotateFrame | undefined;
  /** The longest gap, in samples, that is filled with zeros instead of a new capture. @default 0: none */
  readonly fillGaps?: number | undefined;
  /**
   * By how much the time of a frame may differ from the time by sample count, in ms; above it a capture with the new time begins.
   * @default 1, doubled by each such capture up to 1000, so that jitter does not begin a capture with each frame
   */
  readonly jitterMs?: number | undefined;
  /** Whether to compute the SHA-512 of the samples while they are written. @default true */
  readonly sha512?: boolean | undefined;
  /** Whether to replace existing files, which are otherwise an error. @default false */
  readonly overwrite?: boolean | undefined;
  /** How many frames from a source that ignores back-pressure may wait; one more is an `OverflowError`. @default 1000 */
  readonly maxBuffered?: number | undefined;
}

const rules = {
  sampleType: stampRules.sampleType,
  sampleRate: stampRules.sampleRate,
  centerFreq: stampRules.centerFreq,
  global: (value: unknown) => (isObject(value) ? undefined : 'an object of fields'),
  capture: isFunction,
  annotate: isFunction,
  fillGaps: isInteger(0, 2 ** 27),
  jitterMs: isDuration(0),
  sha512: isBoolean,
  overwrite: isBoolean,
  maxBuffered: isInteger(0),
  demand: isDemand,
};

/**
 * Records frames as SigMF, `path.sigmf-data` and `path.sigmf-meta`, and emits them once they are written.
 *
 * Consecutive frames are one capture. A new capture begins at a retune, if frames are missing (`core:global_index` says how many
 * samples, and an annotation describes it), and if the time jumps. A change that one recording cannot have begins the next
 * recording, `path-0002`: another sample rate or sample type, or a sender that restarts; a collection then lists the recordings. A
 * recording has one stream: separate streams first. A late or repeated frame is left out, with a warning.
 *
 * A killed process leaves a readable recording: metadata are replaced as a whole, and are written before the samples. With a `path`
 * that ends with `.sigmf`, the recording is packed into an archive at the end, which needs the package `tar`.
 *
 * **Delivery** Lossless. A consumer: holds back its source while 1 MiB waits to be written.
 *
 * **Ends** Completes once everything is on the disk, with its SHA-512. Error: of the source, an `OverflowError`, a `FrameError`, or a
 * {@link FileError} such as that of a full disk, which says what was `kept`. After unsubscription it accepts no more frames; accepted frames are still written in the background.
 * ```text
 * source  -a-b-c---|
 * disk     a--bc---
 * output  ---a--(bc)-|
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/toSigmf.ts#main}
 *
 * @param path the base name of the recording, or one of its files
 * @param options metadata, and when a new recording begins
 * @throws OptionError at the call
 * @see {@link fromSigmf}, which reads it back
 */
export function toSigmf<I extends FrameInput>(
  path: string,
  options: ToSigmfOptions = {},
): OperatorFunction<I, FrameFrom<I>> {
  requirePath(OF, path);
  checkOptions(OF, options, rules);
  const settings = settingsOf(path, options);
  const { maxBuffered = MAX_BUFFERED } = options;
  return operate<I, Frame>(
    (out, gate) => new WritingFlow({ of: OF, path, maxBuffered }, new SigmfRecorder(settings), out, gate),
    options,
  ) as OperatorFunction<I, FrameFrom<I>>; // frames are emitted unchanged
}

const OF = 'toSigmf';

function settingsOf(path: string, options: ToSigmfOptions): SigmfRecorderSettings {
  const { global = {}, fillGaps = 0, sha512 = true, overwrite = false, capture, annotate, jitterMs } = options;
  const base = withoutSuffix(path);
  if (basename(base) === '' || path.endsWith('/')) {
    throw new OptionError('path', path, `${OF}: path must end with the name of a recording, got '${path}'`);
  }
  const extensions = global['core:extensions'];
  const namespaces = Array.isArray(extensions) ? extensions.map(({ name }: SigmfExtension) => name) : [];
  const fault = faultIn(global, GLOBAL_FIELDS, namespaces);
  if (fault !== undefined) throw new OptionError('global', global, `${OF}: option 'global' ${fault}`);
  const { sampleType, sampleRate, centerFreq } = options;
  return {
    of: OF,
    base,
    archive: path.endsWith(SUFFIX.archive) ? path : undefined,
    stamp: { sampleType, sampleRate, centerFreq },
    global,
    namespaces,
    capture,
    annotate,
    fillGaps,
    jitterMs,
    hashes: sha512,
    overwrite,
  };
}
