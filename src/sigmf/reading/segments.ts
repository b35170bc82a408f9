import { isRate, SampleTime } from '../../frame/SampleTime.js';
import type { SampleFile } from '../files/FoundRecording.js';
import type { ReadCapture } from '../metadata/parseMeta.js';

/** Samples of a recording that belong together: one frequency, no sample lost. */
export interface Segment {
  /** Which sample of the recording it begins with. */
  readonly sampleStart: number;
  readonly numSamples: number;
  /** Where that is in the data file. */
  readonly byteStart: number;
  readonly frequency: number;
  /** The time of its first sample, in ns; where no clock was there, since the recording began. */
  readonly startNs: bigint;
  /** How many samples were lost before it. */
  readonly lost: number;
  /** Which sample of the stream that was recorded it begins with. */
  readonly globalIndex: number;
}

/** How a recording lies in its file. */
export interface Layout {
  readonly segments: readonly Segment[];
  /** Samples of each channel. */
  readonly numSamples: number;
  /** Bytes of one sample of all channels. */
  readonly stride: number;
  /** `undefined`: the recording does not say its rate. */
  readonly time: SampleTime | undefined;
  readonly problems: readonly string[];
}

type Start = Omit<Segment, 'numSamples' | 'lost'>;

/** Says which samples of a recording belong together, and where they are. */
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

/** Samples before the first capture are samples all the same. */
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

/** Takes neighbours together that only repeat each other, and says how long each is. */
function joined(starts: readonly Start[], total: number, stride: number, time: SampleTime | undefined): Segment[] {
  const kept: (Start & { lost: number })[] = [];
  for (const start of starts) {
    if (start.sampleStart === kept.at(-1)?.sampleStart) kept.pop(); // the later of two at one sample says more
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

/** Times that were written with fewer digits than they have. */
function isClose(a: bigint, b: bigint): boolean {
  return a - b <= ROUNDED_NS && b - a <= ROUNDED_NS;
}

const ROUNDED_NS = 1000n;
