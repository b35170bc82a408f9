import { RecordingError } from '../errors.js';
import type { SampleFile } from '../files/FoundRecording.js';
import { samplesIn } from '../samples/samplesIn.js';
import { type Layout, layout, type Segment } from './segments.js';

/** Where to begin or end: a number is an index of samples, a bigint is UNIX time in ns. */
export type SamplePosition = number | bigint;

/** A recording, and the samples of it to read. */
export interface Part {
  readonly found: SampleFile;
  readonly layout: Layout;
  readonly segments: readonly Segment[];
}

/**
 * Selects the samples between two positions.
 *
 * @throws RecordingError if a position is a time and the recording has none
 */
export function partOf(
  of: string,
  found: SampleFile,
  from: SamplePosition | undefined,
  to: SamplePosition | undefined,
): Part {
  const whole = layout(found);
  const first = sampleAt(of, found, whole, from) ?? 0;
  const end = Math.min(sampleAt(of, found, whole, to) ?? whole.numSamples, whole.numSamples);
  const segments = whole.segments.flatMap((segment) => cut(segment, first, end, whole));
  return { found, layout: whole, segments };
}

function cut(segment: Segment, first: number, end: number, { stride, time }: Layout): Segment[] {
  const skipped = Math.max(first - segment.sampleStart, 0);
  const numSamples = Math.min(end, segment.sampleStart + segment.numSamples) - segment.sampleStart - skipped;
  if (numSamples <= 0) return [];
  if (skipped === 0) return [{ ...segment, numSamples }];
  return [
    {
      ...segment,
      sampleStart: segment.sampleStart + skipped,
      globalIndex: segment.globalIndex + skipped,
      byteStart: segment.byteStart + skipped * stride,
      startNs: time?.at(segment.startNs, skipped) ?? segment.startNs,
      numSamples,
      lost: 0,
    },
  ];
}

/** The first sample at or after a position. */
function sampleAt(
  of: string,
  { path, read }: SampleFile,
  { segments, time, numSamples }: Layout,
  position: SamplePosition | undefined,
): number | undefined {
  if (typeof position !== 'bigint') return position;
  if (time === undefined) {
    throw new RecordingError(path, `${of}: ${path} does not say its sample rate, so a time means no sample of it`);
  }
  for (const segment of segments) {
    const endNs = time.at(segment.startNs, segment.numSamples);
    if (endNs <= position) continue;
    if (segment.startNs >= position) return segment.sampleStart;
    const samples = samplesIn(position - segment.startNs, read.sampleRate);
    return segment.sampleStart + Math.ceil(samples - CLOSE_SAMPLES);
  }
  return numSamples;
}

/** Times are whole ns: a time this little after a sample means that sample. */
const CLOSE_SAMPLES = 1e-3;
