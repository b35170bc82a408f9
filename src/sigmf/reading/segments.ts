import { isRate, SampleTime } from '../../frame/SampleTime.js';
import type { SampleFile } from '../files/FoundRecording.js';
import type { ReadCapture } from '../metadata/parseMeta.js';

/** A continuous stretch of a recording: one frequency, no lost samples. */
export interface Segment {
  /** The index of its first sample in the recording. */
  readonly sampleStart: number;
  readonly numSamples: number;
  /** The position of that sample in the data file. */
  readonly byteStart: number;
  readonly frequency: number;
  /** The time of its first sample, in ns; without a clock, since the beginning of the recording. */
  readonly startNs: bigint;
  /** The number of samples that were lost before it. */
  readonly lost: number;
  /** The index of its first sample in the recorded stream. */
  readonly globalIndex: number;
}

/** The layout of a recording in its file. */
export interface Layout {
  readonly segments: readonly Segment[];
  /** Samples of each channel. */
  readonly numSamples: number;
  /** Bytes of one sample of all channels. */
  readonly stride: number;
  /** `undefined`: the recording does not specify its rate. */
  readonly time: SampleTime | undefined;
  readonly problems: readonly string[];
}

type Start = Omit<Segment, 'numSamples' | 'lost'>;

/** Computes the segments of a recording, and their positions. */
export function layout({ read, data }: SampleFile): Layout {
  const { datatype, numChannels, sampleRate, trailingBytes } = read;
  const stride = datatype.bytesPerSample * numChannels;
  const time = isRate(sampleRate) ? new SampleTime(sampleRate) : undefined;
  const problems: string[] = [];
  const bytes = Math.max(data.length - trailingBytes, 0);

  const starts: Start[] = [];
  let headers = 0;
  for (const capture of withFirst(read.captures, time)) {
    const byteStart = headers + capture.headerBytes + capture.sampleStart * stride;
    if (byteStart >= bytes && capture.sampleStart > 0) {
      problems.push(`the capture at sample ${capture.sampleStart} is past the end; it is left out`);
      break; // and so are those after it
    }
    headers += capture.headerBytes;
    starts.push(startOf(capture, byteStart, starts.at(-1), time));
  }
  const used = Math.max(bytes - headers, 0);
  const numSamples = Math.floor(used / stride);
  if (used % stride !== 0) problems.push(`the last ${used % stride} bytes are not a whole sample; they are left out`);
  return { segments: joined(starts, numSamples, stride, time), numSamples, stride, time, problems };
}

/** Samples before the first capture count too. */
function withFirst(captures: readonly ReadCapture[], time: SampleTime | undefined): readonly ReadCapture[] {
  const [first] = captures;
  if (first?.sampleStart === 0) return captures;
  const { sampleStart = 0, timestampNs, globalIndex = sampleStart } = first ?? {};
  const before = {
    sampleStart: 0,
    frequency: 0,
    timestampNs: timestampNs === undefined ? undefined : time?.at(timestampNs, -sampleStart),
    globalIndex: Math.max(globalIndex - sampleStart, 0),
    headerBytes: 0,
  };
  return [before, ...captures];
}

function startOf(
  capture: ReadCapture,
  byteStart: number,
  before: Start | undefined,
  time: SampleTime | undefined,
): Start {
  const { sampleStart, frequency, timestampNs } = capture;
  const globalIndex = capture.globalIndex ?? sampleStart;
  const steps = before === undefined ? 0 : sampleStart - before.sampleStart;
  const passed = before === undefined ? 0 : Math.max(globalIndex - before.globalIndex, steps);
  const counted = before === undefined ? 0n : (time?.at(before.startNs, passed) ?? before.startNs);
  return { sampleStart, byteStart, frequency, globalIndex, startNs: timestampNs ?? counted };
}

/** Merges neighbours that only repeat each other, and sets their lengths. */
function joined(starts: readonly Start[], total: number, stride: number, time: SampleTime | undefined): Segment[] {
  const kept: (Start & { lost: number })[] = [];
  for (const start of starts) {
    if (start.sampleStart === kept.at(-1)?.sampleStart) kept.pop(); // of two captures at one sample, the later one is more specific
    const last = kept.at(-1);
    const steps = last === undefined ? 0 : start.sampleStart - last.sampleStart;
    const lost = last === undefined ? 0 : Math.max(start.globalIndex - last.globalIndex - steps, 0);
    const follows =
      last !== undefined &&
      lost === 0 &&
      start.frequency === last.frequency &&
      start.byteStart === last.byteStart + steps * stride &&
      isClose(start.startNs, time?.at(last.startNs, steps) ?? last.startNs);
    if (!follows) kept.push({ ...start, lost });
  }
  return kept
    .map((start, at) => ({ ...start, numSamples: (kept[at + 1]?.sampleStart ?? total) - start.sampleStart }))
    .filter(({ numSamples }) => numSamples > 0);
}

/** The tolerance for times that were written with fewer digits. */
function isClose(a: bigint, b: bigint): boolean {
  return a - b <= ROUNDED_NS && b - a <= ROUNDED_NS;
}

const ROUNDED_NS = 1000n;
