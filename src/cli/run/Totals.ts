import type { Frame } from '../../index.js';

/** What samples are where they are written. */
export interface Written {
  readonly sampleType: string;
  readonly bytesPerSample: number;
}

/** Counts what passes. */
export class Totals {
  frames = 0;
  samples = 0;
  bytes = 0;
  /** Frames that are missing by their sequence numbers. */
  lost = 0;
  sampleRate = 0;
  sampleType = '';
  /** `undefined`: they are written as they come. */
  written: Written | undefined;
  readonly #next = new Map<string, number>();
  #beganMs = 0;
  #lastMs = 0;

  add(frame: Frame): void {
    const now = performance.now();
    if (this.frames === 0) this.#beganMs = now;
    this.#lastMs = now;
    this.frames += 1;
    this.samples += frame.numSamples;
    this.bytes += this.written ? this.written.bytesPerSample * frame.numSamples : frame.samples.byteLength;
    this.sampleRate = frame.sampleRate;
    this.sampleType = this.written?.sampleType ?? frame.sampleType;
    const stream = `${frame.peer ?? ''}/${frame.streamId}`;
    const next = this.#next.get(stream) ?? frame.sequence;
    if (frame.sequence > next) this.lost += frame.sequence - next; // smaller: a sender that started again
    this.#next.set(stream, frame.sequence + 1);
  }

  /** How long frames have been coming, in s. */
  get elapsed(): number {
    return (this.#lastMs - this.#beganMs) / 1000;
  }

  /** How long the samples last, in s; `undefined`: the rate is unknown. */
  get duration(): number | undefined {
    return this.sampleRate > 0 ? this.samples / this.sampleRate : undefined;
  }

  /** As JSON has it. */
  toJSON(): Readonly<Record<string, unknown>> {
    const { frames, samples, bytes, lost, sampleRate, sampleType } = this;
    return { frames, samples, bytes, lost, sampleRate, sampleType, seconds: this.duration ?? null };
  }
}
