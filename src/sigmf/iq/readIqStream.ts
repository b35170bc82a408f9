import { getTimestampNs } from '../../time/getTimestampNs.js';
import { PROTOCOL, VERSION } from '../../frame/header.js';
import type { Frame } from '../../frame/types.js';
import { isRate, SampleTime } from '../../frame/SampleTime.js';
import { warn } from '../../basics/warn.js';
import type { IqSource } from './IqSource.js';
import type { StreamReader } from './StreamReader.js';

interface StreamSettings {
  readonly of: string;
  readonly path: string;
  readonly blockSamples: number;
  /** In samples, from the first that arrives. */
  readonly from: number;
  readonly to: number;
}

/** Reads samples that arrive in chunks, and only once: from a pipe, or the standard input. */
export async function* readIqStream(
  { of, path, blockSamples, from, to }: StreamSettings,
  source: IqSource,
  reader: StreamReader,
): AsyncGenerator<Frame, void, undefined> {
  const { datatype, dataOffset, dataLength = Infinity, sampleRate, centerFreq, sampleType: wanted } = source;
  const { bytesPerSample } = datatype;
  const end = Math.min(to, Math.floor(dataLength / bytesPerSample));
  const time = isRate(sampleRate) ? new SampleTime(sampleRate) : undefined;
  await reader.skip(dataOffset - reader.position + from * bytesPerSample);
  let startNs = source.timestampNs;
  let sample = from;
  for (let sequence = 0; sample < end; sequence += 1) {
    const bytes = await reader.read(Math.min(blockSamples, end - sample) * bytesPerSample);
    const whole = bytes.length - (bytes.length % bytesPerSample);
    if (whole < bytes.length) warn(`${of}: the last ${bytes.length - whole} bytes of ${path} are not a whole sample`);
    if (whole === 0) return;
    startNs ??= getTimestampNs();
    const { sampleType, samples } = source.decode(bytes.subarray(0, whole), datatype, wanted);
    const numSamples = whole / bytesPerSample;
    yield {
      sampleType,
      samples,
      numSamples,
      sampleRate,
      centerFreq,
      sequence,
      timestampNs: time?.at(startNs, sample - from) ?? startNs,
      streamId: 0,
      flags: 0,
      protocol: PROTOCOL,
      version: VERSION,
    } as Frame; // the decoder has checked that class and type match
    sample += numSamples;
  }
}
