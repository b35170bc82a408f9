import type { Subscriber } from 'rxjs';
import { Queue } from '../../basics/Queue.js';
import { MAX_U64 } from '../../frame/header.js';
import { requireFrame } from '../../frame/requireFrame.js';
import { isRate } from '../../frame/SampleTime.js';
import type { Frame } from '../../frame/types.js';
import type { Passing } from '../../rx/transparent.js';
import { type Block, SpectrumAnalyser } from '../../spectrum/SpectrumAnalyser.js';
import { decibels, quantize, type SpectrumLine } from '../../spectrum/SpectrumLine.js';
import type { WindowName } from '../../spectrum/windows.js';

const MAX_NS = Number(MAX_U64);
/** Transforms that overlap by more than all but this share of their bins say nothing new. */
const LEAST_HOP = 1 / 64;

export interface SpectrumSettings {
  readonly bins: number;
  /** Lines for each second of the signal. */
  readonly rate: number;
  /** How many transforms a line has, at most. */
  readonly average: number;
  readonly window: WindowName;
}

/** One subscription of `spectrum`. */
export class SpectrumFlow implements Passing<Frame> {
  readonly #settings: SpectrumSettings;
  readonly #out: Subscriber<SpectrumLine>;
  readonly #analyser: SpectrumAnalyser;
  readonly #sum: Float64Array;
  /** The lines that were made while another was being emitted. */
  readonly #ready = new Queue<SpectrumLine>();
  #busy = false;
  #completed = false;
  /** How many transforms make a line, at this sample rate. */
  #perLine = 1;
  #last: Frame | undefined;
  /** The open line: how many transforms it has, its frame, time and samples. */
  #blocks = 0;
  #lead: Frame | undefined;
  #startNs = 0n;
  #samples = 0;
  #sequence = 0;
  #lost = 0;

  constructor(settings: SpectrumSettings, out: Subscriber<SpectrumLine>) {
    this.#settings = settings;
    this.#out = out;
    this.#sum = new Float64Array(settings.bins);
    this.#analyser = new SpectrumAnalyser(settings.bins, settings.window, settings.bins, (block) => this.#add(block));
  }

  next(frame: Frame): void {
    requireFrame('spectrum', frame);
    const last = this.#last;
    this.#last = frame;
    const isSameStream = last !== undefined && last.peer === frame.peer && last.streamId === frame.streamId;
    if (isSameStream && frame.sequence > last.sequence + 1) this.#lost += frame.sequence - last.sequence - 1;
    const isSameBand =
      isSameStream && Object.is(last.sampleRate, frame.sampleRate) && Object.is(last.centerFreq, frame.centerFreq);
    if (!isSameBand) {
      this.#flush();
      this.#plan(frame.sampleRate);
    }
    this.#analyser.take(frame);
    this.#drain();
  }

  complete(): void {
    this.#flush();
    this.#completed = true;
    this.#drain();
  }

  finalize(): void {
    this.#ready.clear();
    this.#last = this.#lead = undefined;
  }

  /**
   * Spreads the transforms over the time of a line: they overlap by a half at the most, unless a line is shorter than that. A frame may
   * say any rate: so that its samples are not transformed once each, they never overlap by more than 63 of 64.
   */
  #plan(sampleRate: number): void {
    const { bins, rate, average } = this.#settings;
    if (!isRate(sampleRate)) {
      this.#perLine = average;
      this.#analyser.hop = bins;
      return;
    }
    const perLine = sampleRate / rate;
    this.#perLine = Math.max(1, Math.min(average, Math.floor(perLine / (bins / 2))));
    this.#analyser.hop = Math.max(1, LEAST_HOP * bins, perLine / this.#perLine);
  }

  #add({ power, samples, frame, end }: Block): void {
    const sum = this.#sum;
    if (this.#blocks === 0) {
      this.#lead = frame;
      this.#samples = samples;
      this.#startNs = timeOf(frame, end - samples);
      sum.set(power);
    } else for (let i = 0; i < sum.length; i += 1) sum[i]! += power[i]!;
    this.#blocks += 1;
    if (this.#blocks >= this.#perLine) this.#close();
  }

  /** Ends the run, and its open line. */
  #flush(): void {
    this.#analyser.flush();
    this.#close();
  }

  #close(): void {
    const { bins, window } = this.#settings;
    const lead = this.#lead;
    if (lead === undefined || this.#blocks === 0) return;
    const { meanSquare, peakSquare } = this.#analyser.readLevels();
    const { levels, top, step } = quantize(this.#sum, 1 / this.#blocks);
    this.#ready.push({
      levels,
      bins,
      top,
      step,
      centerFreq: lead.centerFreq,
      sampleRate: lead.sampleRate,
      timestampNs: this.#startNs,
      sequence: this.#sequence,
      window,
      windowSamples: this.#samples,
      rms: decibels(meanSquare),
      peak: decibels(peakSquare),
      lost: this.#lost,
    });
    this.#sequence += 1;
    this.#blocks = this.#lost = 0;
    this.#lead = undefined;
  }

  /** A consumer may feed the source while it gets a line: the lines of those frames are emitted afterwards. */
  #drain(): void {
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#ready.size > 0 && !this.#out.closed) this.#out.next(this.#ready.shift()!);
    } finally {
      this.#busy = false;
    }
    if (this.#completed) this.#out.complete();
  }
}

/** The time of a sample, by its place in a frame; before its first if it is negative. */
function timeOf({ timestampNs, sampleRate }: Frame, sample: number): bigint {
  if (!isRate(sampleRate)) return timestampNs;
  const offsetNs = Math.min(Math.max(Math.round((sample * 1e9) / sampleRate), -MAX_NS), MAX_NS); // it is infinite at some rates
  const ns = timestampNs + BigInt(offsetNs);
  return ns < 0n ? 0n : ns > MAX_U64 ? MAX_U64 : ns;
}
