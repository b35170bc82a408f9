import { FrameError } from '../../samples/FrameError.js';
import { checkFrame } from '../../frame/checkFrame.js';
import { createStamp, type StampSettings } from '../../frame/createStamp.js';
import { sampleTypeByName } from '../../samples/sampleTypes.js';
import type { SampleType } from '../../samples/types.js';
import type { Frame, FrameInput } from '../../frame/types.js';
import { defaultClock } from '../../rx/defaultClock.js';
import { describe } from '../../basics/describe.js';
import { requireFree } from '../files/requireFree.js';
import { MOST_U32 } from '../wav/WavHeader.js';
import type { WrittenWav } from '../wav/writeWavHeader.js';
import type { Recorder, Taken } from '../writing/Track.js';
import { encodeReceiverBytes, encodeSamples, unsignedBytes } from './encodeIq.js';
import { FileTarget } from './FileTarget.js';
import type { IqFormat } from './IqFormat.js';
import { IqTrack } from './IqTrack.js';
import { OutputTarget } from './OutputTarget.js';

interface IqRecorderSettings {
  readonly of: string;
  readonly path: string;
  /** `undefined`: raw samples of the first frame's type. */
  readonly format: IqFormat | undefined;
  /** The sample type in WAV. */
  readonly sampleType: SampleType | undefined;
  readonly stamp: StampSettings;
  readonly overwrite: boolean;
}

/** The standard output, or input. */
export const STANDARD = '-';

/** Encodes frames as the bytes of one file. */
export class IqRecorder implements Recorder {
  readonly #settings: IqRecorderSettings;
  readonly #stamp;
  #track: IqTrack | undefined;
  #first: Frame | undefined;
  /** The sample type of the file, once it is known. */
  #type: SampleType = 'cf32';

  constructor(settings: IqRecorderSettings) {
    this.#settings = settings;
    this.#stamp = createStamp({ ...settings.stamp, sequence: 'preserve' }, () => defaultClock.wallNs());
  }

  async prepare(): Promise<void> {
    const { of, path, overwrite } = this.#settings;
    if (path !== STANDARD) await requireFree(of, [path], overwrite);
  }

  take(input: unknown): Taken {
    const isBare = ArrayBuffer.isView(input);
    if (!isBare) checkFrame(input);
    const frame = isBare ? this.#stamp(input as FrameInput) : (input as Frame);
    const track = this.#track ?? this.#begin(frame);
    this.#requireSame(frame);
    return { frame, bytes: this.#bytesOf(frame), track, zeros: 0, note: undefined };
  }

  async finish(): Promise<void> {
    // it is one file
  }

  #begin(frame: Frame): IqTrack {
    const { of, path, format, sampleType, overwrite } = this.#settings;
    this.#first = frame;
    this.#type = format === undefined || format === 'wav' ? (sampleType ?? frame.sampleType) : typeOf(format);
    if (this.#type === 'cf128') {
      const text = `${of}: no program reads cf128 from ${path}; convertSamples('cf64') above makes what they do`;
      throw new FrameError('value', text);
    }
    this.#track = new IqTrack({
      of,
      path,
      target: path === STANDARD ? new OutputTarget() : new FileTarget(of, path, overwrite),
      bytesPerSample: sampleTypeByName(this.#type)?.bytesPerSample ?? 1,
      wav: format === 'wav' ? this.#wavOf(frame) : undefined,
    });
    return this.#track;
  }

  #wavOf({ sampleRate, centerFreq, timestampNs }: Frame): WrittenWav {
    if (!Number.isInteger(sampleRate) || sampleRate < 1 || sampleRate > MOST_U32) {
      const hint = sampleRate === 0 ? ': give frames their sampleRate' : '';
      const text = `${this.#settings.of}: a WAV file needs a sampleRate that is an integer from 1 to ${MOST_U32}, not ${describe(sampleRate)}${hint}`;
      throw new FrameError('value', text);
    }
    const { bytesPerSample = 2 } = sampleTypeByName(this.#type) ?? {};
    const bits = (bytesPerSample * 4) as WrittenWav['bits'];
    const kind = this.#type.startsWith('cf') ? 'f' : bits === 8 ? 'u' : 'i';
    return { sampleRate, centerFreq, timestampNs, kind, bits };
  }

  #requireSame(frame: Frame): void {
    const { of, path, format, sampleType } = this.#settings;
    const first = this.#first ?? frame;
    if (format === 'wav' && frame.sampleRate !== first.sampleRate) {
      const text = `${of}: a WAV file has one rate: ${path} began with ${first.sampleRate} Hz, and this frame has ${frame.sampleRate}`;
      throw new FrameError('value', text);
    }
    if (format === undefined && sampleType === undefined && frame.sampleType !== first.sampleType) {
      const text = `${of}: ${path} began with ${first.sampleType}, and this frame is ${frame.sampleType}; option format converts all`;
      throw new FrameError('sampleType', text);
    }
  }

  #bytesOf(frame: Frame): Uint8Array {
    const { format } = this.#settings;
    if (format === 'cu8') return encodeReceiverBytes(frame);
    return format === 'wav' && this.#type === 'ci8' ? unsignedBytes(frame) : encodeSamples(frame, this.#type);
  }
}

function typeOf(format: Exclude<IqFormat, 'wav'>): SampleType {
  return format === 'cu8' ? 'ci8' : format;
}
