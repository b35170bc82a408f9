import type { Observable } from 'rxjs';
import type { SampleType } from '../samples/types.js';
import type { Frame } from '../frame/types.js';
import { checkOptions, isBoolean, type Rule } from '../options/rules.js';
import { isListener, type Listener, notifier } from '../rx/notifier.js';
import { warn } from '../basics/warn.js';
import { RecordingError } from './errors.js';
import { findRecordings } from './files/findRecordings.js';
import type { FoundRecording } from './files/FoundRecording.js';
import { requirePath } from './files/requirePath.js';
import { type Part, partOf, type SamplePosition } from './reading/Part.js';
import { readParts } from './reading/readParts.js';
import { replay } from './reading/replay.js';
import { BLOCK_SAMPLES, lapsOf, type ReplayOptions, replayRules } from './reading/ReplayOptions.js';
import { verify } from './reading/verify.js';
import type { Items } from './samples/Items.js';

/** Options of {@link fromSigmf} for all samples. */
export interface SigmfSourceOptions extends ReplayOptions {
  /** The recording of an archive or collection to read, by its base name. @default all, one after the other */
  readonly recording?: string | undefined;
  /** Which of the extensions that recordings require you support. @default none */
  readonly extensions?: readonly string[] | undefined;
  /** Whether to read all samples and compare them with `core:sha512` before the first is emitted. @default false */
  readonly verify?: boolean | undefined;
  /** Called with faults of a recording that can be read all the same. @default one process warning for a recording */
  readonly onProblem?: Listener<string> | undefined;
}

/** Options of {@link fromSigmf} for complex samples. */
export interface SigmfFrameOptions<S extends SampleType = SampleType> extends SigmfSourceOptions {
  /** The sample type to convert to, scaled by full scale. @default as stored; cu8 becomes ci8, cu16 cf32, cu32 cf64 */
  readonly sampleType?: S | undefined;
  readonly items?: undefined;
}

/** Options of {@link fromSigmf} for real samples. */
export interface SigmfItemsOptions extends SigmfSourceOptions {
  /** The recording holds real samples, which become {@link Items}. */
  readonly items: true;
}

const isTextList: Rule = (value) =>
  Array.isArray(value) && value.every((text) => typeof text === 'string') ? undefined : 'an array of texts';
const rules = {
  ...replayRules,
  recording: (value: unknown) => (typeof value === 'string' ? undefined : 'a text'),
  extensions: isTextList,
  verify: isBoolean,
  onProblem: isListener,
  items: (value: unknown) => (value === true ? undefined : 'true, or left out'),
};

/**
 * Reads the samples of a SigMF recording, in blocks: a source with demand, so a file of any size is read only as fast as it is used.
 *
 * `path` is the base name of a recording, either of its files, an archive (`.sigmf`, which needs the package `tar`), a collection,
 * or a file of another name with metadata beside it. A capture begins a new block, with its own frequency and time. If
 * `core:global_index` says that samples were lost, sequence numbers are skipped, so that `gaps` sees it. Channels become
 * `streamId`s. Without `core:datetime`, time counts from 0.
 *
 * For a recording of real samples it emits {@link Items}; `items: true` sets their type.
 *
 * **Delivery** Lossless. Demand holds it back; at most two blocks are in memory besides those of its consumer.
 *
 * **Ends** Completes at the end. Error: a {@link FileError} or {@link RecordingError}.
 * ```text
 * file    capture 0      1
 * room    1---1----------1---
 * output  a---b----------c--|     c has the frequency of capture 1
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/fromSigmf.ts#main}
 *
 * @param path a recording: its base name, one of its files, an archive or a collection
 * @param options which part of it, how fast, and in which blocks
 * @throws OptionError at the call
 * @see {@link toSigmf}, which records
 */
export function fromSigmf<S extends SampleType = SampleType>(
  path: string,
  options?: SigmfFrameOptions<S>,
): Observable<Frame<S>>;
export function fromSigmf(path: string, options: SigmfItemsOptions): Observable<Items>;
export function fromSigmf(path: string, options: SigmfFrameOptions | SigmfItemsOptions = {}): Observable<unknown> {
  requirePath(OF, path);
  checkOptions(OF, options, rules);
  return replay(OF, () => read(path, options), options);
}

const OF = 'fromSigmf';

async function* read(
  path: string,
  options: SigmfFrameOptions | SigmfItemsOptions,
): AsyncGenerator<Frame | Items, void, undefined> {
  const { blockSamples = BLOCK_SAMPLES, loop, extensions = [], recording, items } = options;
  const found = picked(path, await findRecordings(OF, path, extensions), recording);
  if (items === true) for (const one of found) requireReal(one);
  if (options.verify === true) for (const one of found) await verify(OF, one);
  const sampleType = 'sampleType' in options ? options.sampleType : undefined;
  yield* readParts({ of: OF, blockSamples, sampleType, laps: lapsOf(loop) }, partsOf(found, options));
}

function picked(path: string, found: readonly FoundRecording[], name: string | undefined): readonly FoundRecording[] {
  if (name === undefined) return found;
  const one = found.filter((recording) => recording.name === name);
  if (one.length > 0) return one;
  const names = found.map((recording) => recording.name).join(', ');
  throw new RecordingError(path, `${OF}: ${path} has no recording '${name}'; it has ${names}`);
}

/** The samples to read of each recording: numbers count through all of them. */
function partsOf(found: readonly FoundRecording[], { from, to, onProblem }: SigmfSourceOptions): Part[] {
  let passed = 0;
  return found.map((recording) => {
    const part = partOf(OF, recording, after(from, passed), after(to, passed));
    passed += part.layout.numSamples;
    tellProblems(recording, part, notifier(onProblem));
    return part;
  });
}

function after(position: SamplePosition | undefined, passed: number): SamplePosition | undefined {
  return typeof position === 'number' ? Math.max(position - passed, 0) : position;
}

function tellProblems(
  { path, problems }: FoundRecording,
  part: Part,
  notify: ((text: string) => void) | undefined,
): void {
  const all = [...problems, ...part.layout.problems];
  if (notify) for (const problem of all) notify(`${path}: ${problem}`);
  const [first, ...others] = all;
  if (notify || first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${others.length} more; option onProblem hears all)`;
  warn(`${OF}: ${path}: ${first}${more}`);
}

function requireReal({ path, read: { datatype } }: FoundRecording): void {
  if (!datatype.isComplex) return;
  const text = `${OF}: ${path} holds complex samples, ${datatype.name}, where items is true: leave that out`;
  throw new RecordingError(path, text, undefined, 'core:datatype');
}
