import { checkOptions, type Rule } from '../options/rules.js';
import { findRecordings } from './files/findRecordings.js';
import { requirePath } from './files/requirePath.js';
import type { SigmfMeta } from './metadata/types.js';
import { layout } from './reading/segments.js';
import { verify } from './reading/verify.js';

/** Options of {@link readSigmf}. */
export interface ReadSigmfOptions {
  /** Which of the extensions that recordings require you support. @default none */
  readonly extensions?: readonly string[] | undefined;
  /** `'sha512'`: reads all samples and compares them with it. @default nothing */
  readonly verify?: 'sha512' | undefined;
}

/** The metadata of a recording, and facts about its files. */
export interface SigmfRecording {
  /** Its base name. */
  readonly name: string;
  /** Its metadata, unchanged. */
  readonly meta: SigmfMeta;
  /** The datatype, in its strict form. */
  readonly datatype: string;
  /** Samples per second, in Hz; 0 if it is not specified. */
  readonly sampleRate: number;
  readonly numChannels: number;
  /** The number of samples of each channel. */
  readonly numSamples: number;
  /** The number of lost samples, as far as the captures specify it. */
  readonly numLost: number;
  /** Its faults, and how the reader treats them. */
  readonly problems: readonly string[];
}

const isTextList: Rule = (value) =>
  Array.isArray(value) && value.every((text) => typeof text === 'string') ? undefined : 'an array of texts';
const isVerify: Rule = (value) => (value === 'sha512' ? undefined : "'sha512'");

/**
 * Reads the metadata of a SigMF recording, or of all recordings of an archive or collection: everything but the samples.
 *
 * **Example**
 * {@includeCode ../../examples/readSigmf.ts#main}
 * @param path as for {@link fromSigmf}
 * @param options whether to verify the data
 * @returns the recordings, in the order of `fromSigmf`; rejects with a {@link FileError} or {@link RecordingError}
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
