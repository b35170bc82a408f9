import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Observable } from 'rxjs';
import { OptionError } from '../errors.js';
import { frameRules } from '../frame/frameOptions.js';
import type { SampleType } from '../samples/types.js';
import type { Frame } from '../frame/types.js';
import { checkOptions } from '../options/rules.js';
import { describe } from '../basics/describe.js';
import { warn } from '../basics/warn.js';
import { fileError, FileError, RecordingError } from './errors.js';
import { lookAt, sizeOf } from './files/lookAt.js';
import { readStretch } from './files/readStretch.js';
import { requirePath } from './files/requirePath.js';
import { type IqFormat, isIqFormat, requireFormat } from './iq/IqFormat.js';
import { STANDARD } from './iq/IqRecorder.js';
import { iqSourceOf, type IqSource } from './iq/IqSource.js';
import { readIqStream } from './iq/readIqStream.js';
import { StreamReader } from './iq/StreamReader.js';
import { partOf } from './reading/Part.js';
import { readParts } from './reading/readParts.js';
import { replay } from './reading/replay.js';
import { BLOCK_SAMPLES, lapsOf, type ReplayOptions, replayRules } from './reading/ReplayOptions.js';

/** Options of {@link fromIqFile}. */
export interface FromIqFileOptions<S extends SampleType = SampleType> extends ReplayOptions {
  /** The format of the file. @default by the extension of its name, otherwise `sampleType` */
  readonly format?: IqFormat | undefined;
  /** The sample type to convert to, scaled by full scale. @default as stored; cu8 becomes ci8 */
  readonly sampleType?: S | undefined;
  /** Samples per second, in Hz. @default from a WAV file, otherwise 0 */
  readonly sampleRate?: number | undefined;
  /** Centre frequency, in Hz. @default from a WAV file, otherwise 0 */
  readonly centerFreq?: number | undefined;
  /** UNIX time of the first sample, in ns. @default from a WAV file; for a pipe, the time of arrival; otherwise 0 */
  readonly timestampNs?: bigint | undefined;
}

const rules = {
  ...replayRules,
  format: isIqFormat,
  sampleRate: frameRules.sampleRate,
  centerFreq: frameRules.centerFreq,
  timestampNs: frameRules.timestampNs,
};

/**
 * Reads the samples of a file without metadata, `-` for the standard input, in blocks: a source with demand.
 *
 * The format comes from the extension of the file's name, such as `.cu8`, `.cs16`, `.cfile` or `.wav`, or from option `format`: raw
 * samples, little-endian, I before Q, or WAV with I on the left and Q on the right.
 *
 * **Delivery** Lossless. Demand holds it back; at most two blocks are in memory besides those of its consumer.
 *
 * **Ends** Completes at the end. Error: a {@link FileError} or {@link RecordingError}. Unsubscribing closes the standard input.
 * ```text
 * file    aaabbbcc
 * room    1---1------1---
 * output  a---b------c|      blocks of 3 samples
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/fromIqFile.ts#main}
 *
 * @param path a file of samples, or a WAV file
 * @param options its format, which part of it, how fast, and in which blocks
 * @throws OptionError at the call
 * @see {@link fromSigmf}, for files with metadata
 */
export function fromIqFile<S extends SampleType = SampleType>(
  path: string,
  options: FromIqFileOptions<S> = {},
): Observable<Frame<S>> {
  requirePath(OF, path);
  checkOptions(OF, options, rules);
  const format = requireFormat(OF, path, options.format, options.sampleType);
  if (path === STANDARD) requireForward(options);
  return replay(OF, (signal) => read(path, format, options, signal), options) as Observable<Frame<S>>; // all formats are complex
}

const OF = 'fromIqFile';

async function* read(
  path: string,
  format: IqFormat,
  options: FromIqFileOptions,
  signal: AbortSignal,
): AsyncGenerator<Frame, void, undefined> {
  const found = path === STANDARD ? undefined : await lookAt(OF, path);
  if (found?.isDirectory()) throw fileError(OF, 'open', path, { code: 'EISDIR' });
  if (path === STANDARD || (found !== undefined && !found.isFile())) {
    requireForward(options);
    yield* readForward(path, format, options, signal);
    return;
  }
  const length = await sizeOf(OF, path);
  const readAt = (offset: number, count: number) => readStretch(OF, { path, offset, length: count });
  const source = await iqSourceOf(OF, path, format, options, options.sampleType, readAt);
  const { blockSamples = BLOCK_SAMPLES, sampleType, loop } = options;
  const settings = { of: OF, blockSamples, sampleType, decode: source.decode, laps: lapsOf(loop) };
  yield* readParts(settings, [wholeFile(path, length, source, options)]) as AsyncGenerator<Frame, void, undefined>;
}

/** A file as a recording of one capture. */
function wholeFile(path: string, length: number, source: IqSource, { from, to }: ReplayOptions) {
  const { datatype, sampleRate, centerFreq, timestampNs, dataOffset, dataLength = Infinity } = source;
  const left = Math.max(length - dataOffset, 0);
  const capture = { sampleStart: 0, frequency: centerFreq, timestampNs, globalIndex: 0, headerBytes: 0 };
  const read = { datatype, sampleRate, numChannels: 1, trailingBytes: 0, captures: [capture] };
  const data = { path, offset: dataOffset, length: Math.min(left, dataLength) };
  const part = partOf(OF, { path, read, data }, from, to);
  if (dataLength !== Infinity && dataLength > left) {
    warn(`${OF}: ${path} is shorter than its header says: ${left} bytes of samples, not ${dataLength}`);
  }
  for (const problem of part.layout.problems) warn(`${OF}: ${path}: ${problem}`);
  return part;
}

async function* readForward(
  path: string,
  format: IqFormat,
  { blockSamples = BLOCK_SAMPLES, from = 0, to = Infinity, ...given }: FromIqFileOptions,
  signal: AbortSignal,
): AsyncGenerator<Frame, void, undefined> {
  if (signal.aborted) return; // while its path was looked at: it would not be heard any more
  const stream: Readable = path === STANDARD ? process.stdin : createReadStream(path);
  signal.addEventListener('abort', () => stream.destroy()); // however the subscription ends
  const reader = new StreamReader(stream);
  const readAt = async (offset: number, length: number) => {
    await reader.skip(offset - reader.position);
    return reader.read(length);
  };
  try {
    const source = await iqSourceOf(OF, path, format, given, given.sampleType, readAt);
    yield* readIqStream({ of: OF, path, blockSamples, from: Number(from), to: Number(to) }, source, reader);
  } catch (cause) {
    throw cause instanceof RecordingError || cause instanceof FileError ? cause : fileError(OF, 'read', path, cause);
  }
}

/** A pipe is read once, in order: no seeking back, and its time is the time of arrival. */
function requireForward({ loop = false, from, to }: ReplayOptions): void {
  const why = 'the standard input and pipes are read once, in order';
  if (loop !== false && loop !== 1) throw new OptionError('loop', loop, `${OF}: option 'loop' needs a file: ${why}`);
  for (const [name, position] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (typeof position !== 'bigint') continue;
    const text = `${OF}: option '${name}' must count samples, got ${describe(position)}: ${why}`;
    throw new OptionError(name, position, text);
  }
}
