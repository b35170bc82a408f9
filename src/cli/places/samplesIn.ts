import { readSigmf } from '../../sigmf/index.js';
import type { SourceArguments } from '../options/receiveOptions.js';
import { type Place, STANDARD } from './placeOf.js';
import { samplesInFile } from './samplesInFile.js';

/** How many samples a file will give, as far as that is known before it is read; a file that cannot be read has none here. */
export async function samplesIn(
  place: Place,
  { loop = 1, from = '0', to }: Pick<SourceArguments, 'loop' | 'from' | 'to'>,
): Promise<number | undefined> {
  const whole = await wholeOf(place).catch(() => undefined);
  const [first, last = whole] = [Number(from), to === undefined ? undefined : Number(to)];
  if (whole === undefined || loop === true || Number.isNaN(first) || last === undefined || Number.isNaN(last))
    return undefined;
  return Math.max(0, Math.min(whole, last) - first) * Number(loop);
}

async function wholeOf(place: Place): Promise<number | undefined> {
  if (place.kind === 'recording') {
    const recordings = await readSigmf(place.path);
    return recordings.reduce((sum, { numSamples, numChannels }) => sum + numSamples * numChannels, 0);
  }
  if (place.kind !== 'samples' || place.path === STANDARD || place.format === undefined) return undefined;
  return samplesInFile(place.path, place.format);
}
