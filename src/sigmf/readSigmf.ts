import { checkOptions, type Rule } from '../options/rules.js';
import { findRecordings } from './files/findRecordings.js';
import { requirePath } from './files/requirePath.js';
import type { SigmfMeta } from './metadata/types.js';
import { layout } from './reading/segments.js';
import { verify } from './reading/verify.js';

/** Options of {@link readSigmf}. */
export interface ReadSigmfOptions {
  /** Extensions that you know, of those that recordings say must be known. @default none */
  readonly extensions?: readonly string[] | undefined;
  /** `'sha512'`: all samples are read and compared with it. @default nothing */
  readonly verify?: 'sha512' | undefined;
}

/** What a recording says of itself, and what its files say. */
export interface SigmfRecording {
  /** Its base name. */
  readonly name: string;
  /** Its metadata, as they are. */
  readonly meta: SigmfMeta;
  /** The datatype as it is read, in its strict form. */
  readonly datatype: string;
  /** Samples a second, in Hz; 0 where it does not say. */
  readonly sampleRate: number;
  readonly numChannels: number;
  /** Samples of each channel. */
  readonly numSamples: number;
  /** How many samples were lost, as far as captures say. */
  readonly numLost: number;
  /** What is wrong with it, and what was made of that. */
  readonly problems: readonly string[];
}

const isTextList: Rule = (value) =>
  Array.isArray(value) && value.every((text) => typeof text === 'string') ? undefined : 'an array of texts';
const isVerify: Rule = (value) => (value === 'sha512' ? undefined : "'sha512'");

/**
 * Reads what a SigMF recording says of itself, or all those of an archive or collection: everything but the samples.
 *
 * **Example**
 * {@includeCode ../../examples/readSigmf.ts#main}
 * @param path what {@link fromSigmf} takes
 * @returns recordings in the order in which `fromSigmf` gives them; it rejects with a {@link FileError} or {@link RecordingError}
 * @throws OptionError at the call
 */
export function readSigmf(path: string, options: ReadSigmfOptions = {}): Promise<SigmfRecording[]> {
  requirePath(OF, path);
  checkOptions(OF, options, { extensions: isTextList, verify: isVerify });
  return read(path, options);
}

const OF = 'readSigmf';

async function read(path: string, { extensions = [], verify: hash }: ReadSigmfOptions): Promise<SigmfRecording[]> {
  const found = await findRecordings(OF, path, extensions);
  if (hash !== undefined) for (const recording of found) await verify(OF, recording);
  return found.map((recording) => {
    const { name, read: facts } = recording;
    const { numSamples, segments, problems } = layout(recording);
    return {
      name,
      meta: facts.meta,
      datatype: facts.datatype.name,
      sampleRate: facts.sampleRate,
      numChannels: facts.numChannels,
      numSamples,
      numLost: segments.reduce((sum, { lost }) => sum + lost, 0),
      problems: [...recording.problems, ...problems],
    };
  });
}
