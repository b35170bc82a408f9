import { stat } from 'node:fs/promises';
import { firstValueFrom, take } from 'rxjs';
import { withPrefix } from '../../spectrum/text.js';
import { fromIqFile, readSigmf, type SigmfRecording } from '../../sigmf/index.js';
import type { Facts } from '../messages/factsText.js';
import { isoTime } from '../messages/isoTime.js';
import { seconds } from '../run/progressText.js';
import type { Place } from './placeOf.js';
import { samplesInFile } from './samplesInFile.js';

/** What a recording, or each recording of an archive or collection, is. */
export async function recordingFacts(path: string, verify: boolean): Promise<Facts[]> {
  const recordings = await readSigmf(path, verify ? { verify: 'sha512' } : {});
  return recordings.map((recording) => factsOf(recording, verify));
}

function factsOf(recording: SigmfRecording, verified: boolean): Facts {
  const { name, meta, datatype, sampleRate, numChannels, numSamples, numLost, problems } = recording;
  const [first] = meta.captures;
  return {
    recording: name,
    datatype,
    'sample rate': sampleRate > 0 ? withPrefix(sampleRate, 'S/s') : 'not said',
    channels: numChannels === 1 ? undefined : numChannels,
    samples: `${numSamples}${sampleRate > 0 ? `, ${seconds(numSamples / sampleRate)}` : ''}`,
    lost: numLost === 0 ? undefined : `${numLost} samples`,
    frequency: frequencies(meta.captures.map((capture) => capture['core:frequency'])),
    begins: first?.['core:datetime'],
    captures: meta.captures.length,
    annotations: meta.annotations.length === 0 ? undefined : meta.annotations.length,
    description: meta.global['core:description'],
    author: meta.global['core:author'],
    recorder: meta.global['core:recorder'],
    sha512: verified ? (meta.global['core:sha512'] === undefined ? 'not said' : 'right') : undefined,
    problems: problems.length === 0 ? undefined : problems.join('; '),
  };
}

/** The frequencies of all captures: one, or from the lowest to the highest. */
function frequencies(all: readonly (number | undefined)[]): string {
  const known = all.filter((frequency) => frequency !== undefined);
  if (known.length === 0) return 'not said';
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return low === high ? withPrefix(low, 'Hz', 6) : `${withPrefix(low, 'Hz', 6)} to ${withPrefix(high, 'Hz', 6)}`;
}

/** What a file of samples is. */
export async function samplesFacts(
  { path, format }: Extract<Place, { kind: 'samples' }>,
  given: { readonly rate?: number; readonly freq?: number },
): Promise<Facts> {
  const options = { ...(format && { format }), ...(given.rate !== undefined && { sampleRate: given.rate }) };
  const frame = await firstValueFrom(fromIqFile(path, options).pipe(take(1)));
  const { size } = await stat(path);
  const samples = (await samplesInFile(path, format ?? 'cf32')) ?? 0;
  const { sampleRate, centerFreq, timestampNs } = frame;
  return {
    file: path,
    format: format === 'wav' ? `wav, ${frame.sampleType}` : format,
    size: withPrefix(size, 'B', 3),
    samples: `${samples}${sampleRate > 0 ? `, ${seconds(samples / sampleRate)}` : ''}`,
    'sample rate': sampleRate > 0 ? withPrefix(sampleRate, 'S/s') : 'not said',
    frequency: (given.freq ?? centerFreq) === 0 ? 'not said' : withPrefix(given.freq ?? centerFreq, 'Hz', 6),
    begins: isoTime(timestampNs),
  };
}
