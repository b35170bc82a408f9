import { FrameError } from '../../samples/FrameError.js';
import type { SampleType } from '../../samples/types.js';
import type { Frame } from '../../frame/types.js';
import { describe } from '../../basics/describe.js';
import type { SigmfGlobal } from '../metadata/types.js';

const MOST_HZ = 1e12;
/** The schema of 1.2.5 has no rates below 1 Hz. */
const VERSION = '1.2.5';
const VERSION_OF_SLOW = '1.2.6';

interface Stored {
  readonly datatype: string;
  readonly bytesPerSample: number;
}

const STORED: Readonly<Record<Exclude<SampleType, 'cf128'>, Stored>> = {
  ci8: { datatype: 'ci8', bytesPerSample: 2 },
  ci16: { datatype: 'ci16_le', bytesPerSample: 4 },
  ci32: { datatype: 'ci32_le', bytesPerSample: 8 },
  cf32: { datatype: 'cf32_le', bytesPerSample: 8 },
  cf64: { datatype: 'cf64_le', bytesPerSample: 16 },
};

/** The SigMF datatype of a frame. @throws FrameError for cf128, which SigMF does not have */
export function datatypeOf(of: string, { sampleType }: Frame): Stored {
  if (sampleType !== 'cf128') return STORED[sampleType];
  throw new FrameError(
    'value',
    `${of}: SigMF has no datatype for cf128; convertSamples('cf64') above makes one it has`,
  );
}

/** The global fields of a recording that begins with a frame. @throws FrameError */
export function globalOf(of: string, frame: Frame, given: Partial<SigmfGlobal>): SigmfGlobal {
  const { sampleRate } = frame;
  if (!(sampleRate >= 0 && sampleRate <= MOST_HZ)) {
    throw new FrameError('value', `${of}: sampleRate must be a number from 0 to 1e12, not ${describe(sampleRate)}`);
  }
  return {
    'core:datatype': datatypeOf(of, frame).datatype,
    ...(sampleRate === 0 ? {} : { 'core:sample_rate': sampleRate }),
    'core:version': sampleRate > 0 && sampleRate < 1 ? VERSION_OF_SLOW : VERSION,
    'core:num_channels': 1,
    'core:recorder': 'rxzmq',
    ...given,
  };
}
