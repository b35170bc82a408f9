import type { Frame } from '../../frame/types.js';
import { isRate } from '../../frame/SampleTime.js';
import { isLine, type SpectrumLine } from '../../spectrum/SpectrumLine.js';
import type { ScopeState } from './state.js';

/** How many changes of the band in a second are too many to look at. */
const MOST_CHANGES = 5;
/** How long a fault is shown, in ms. */
const SHOWN_MS = 3000;
/** After how long without anything there is no signal, in ms. */
const SILENT_MS = 2000;

/** Watches what comes for what a viewer must know. */
export class Attention {
  /** The state of the connection. */
  link: ScopeState = { kind: 'good', text: 'live' };
  #lastMs = -Infinity;
  #startedMs: number | undefined;
  #sampleRate = NaN;
  #centerFreq = NaN;
  #hasRate = true;
  #changes: number[] = [];
  #fault: { readonly text: string; readonly reason: string; readonly atMs: number } | undefined;

  take(value: Frame | SpectrumLine, nowMs: number): void {
    const { sampleRate, centerFreq } = value;
    const isFirst = this.#lastMs === -Infinity;
    this.#lastMs = nowMs;
    this.#hasRate = isRate(sampleRate);
    if (!isLine(value) && value.numSamples === 0) this.fault('no samples', 'frames without samples came', nowMs);
    if (!isFirst && !(Object.is(sampleRate, this.#sampleRate) && Object.is(centerFreq, this.#centerFreq))) {
      this.#changes = [...this.#changes.filter((ms) => nowMs - ms < 1000), nowMs];
      if (this.#changes.length > MOST_CHANGES) {
        const what = Object.is(sampleRate, this.#sampleRate) ? 'frequency' : 'sample rate';
        this.fault('unsteady', `the ${what} changes ${this.#changes.length} times a second`, nowMs);
      }
    }
    this.#sampleRate = sampleRate;
    this.#centerFreq = centerFreq;
  }

  /** Something is wrong with what came. */
  fault(text: string, reason: string, atMs: number): void {
    this.#fault = { text, reason, atMs };
  }

  /** What the badge says. */
  stateAt(nowMs: number, isPaused: boolean): ScopeState {
    this.#startedMs ??= nowMs;
    const { link } = this;
    if (link.kind === 'bad' || link.kind === 'busy') return link;
    if (this.#fault && nowMs - this.#fault.atMs < SHOWN_MS) return { kind: 'warning', ...this.#fault };
    if (link.kind === 'warning') return link;
    if (isPaused) return { kind: 'warning', text: 'paused' };
    if (nowMs - Math.max(this.#lastMs, this.#startedMs) > SILENT_MS) {
      const reason = this.#lastMs === -Infinity ? 'nothing has come yet' : undefined;
      return { kind: 'warning', text: 'no signal', reason };
    }
    if (this.#lastMs === -Infinity) return { kind: 'busy', text: 'waiting' };
    return this.#hasRate ? link : { kind: 'warning', text: 'no sample rate' };
  }
}
