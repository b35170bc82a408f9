import { MAX_U64 } from '../../frame/header.js';
import { isRate, SampleTime } from '../../frame/SampleTime.js';
import type { Pmt, PmtInput } from '../pmt/types.js';
import type { StreamSettings } from './streamSettings.js';
import type { TagInput } from './types.js';

const NS_PER_SECOND = 1_000_000_000n;

/** The metadata of one stream by its tags so far: the view of a receiver, which a sender keeps too, to know which tags to add. */
export class StreamState {
  sampleRate: number;
  centerFreq: number;
  /** The time of an item, from a tag or computed from it; `undefined`: not known. */
  #timeNs: bigint | undefined;
  /** The index of that item. */
  #timeAt = 0;
  #time: SampleTime | undefined;
  readonly #settings: StreamSettings;

  constructor(settings: StreamSettings) {
    this.#settings = settings;
    this.sampleRate = settings.sampleRate;
    this.centerFreq = settings.centerFreq;
    this.#setRate(this.sampleRate);
  }

  /** The stream restarts: earlier tags no longer apply. */
  restart(): void {
    this.#timeNs = undefined;
    this.#setRate(this.#settings.sampleRate);
    this.centerFreq = this.#settings.centerFreq;
  }

  /** Applies a tag to an item and those after it. Tags come in the order of their items. */
  take(key: string, value: Pmt | PmtInput, item: number): void {
    if (key === 'rx_freq') {
      this.centerFreq = numberOf(value) ?? this.centerFreq;
    } else if (key === 'rx_rate') {
      const rate = numberOf(value);
      if (rate === undefined || Object.is(rate, this.sampleRate)) return;
      this.#timeNs = this.timeOf(item);
      this.#timeAt = item;
      this.#setRate(rate);
    } else if (key === 'rx_time') {
      const timeNs = timeOf(value);
      if (timeNs === undefined) return;
      this.#timeNs = timeNs;
      this.#timeAt = item;
    }
  }

  /** The time of an item; `undefined` if it is not known. */
  timeOf(item: number): bigint | undefined {
    const timeNs = this.#timeNs;
    if (timeNs === undefined || item === this.#timeAt) return timeNs;
    const time = this.#time?.at(timeNs, (item - this.#timeAt) * this.#settings.vlen);
    return time !== undefined && time >= 0n ? time : undefined;
  }

  /** The duration of a number of items, in ns; 0 without a rate. */
  durationNs(items: number): bigint {
    return this.#time?.at(0n, items * this.#settings.vlen) ?? 0n;
  }

  #setRate(rate: number): void {
    this.sampleRate = rate;
    this.#time = isRate(rate) ? new SampleTime(rate) : undefined;
  }
}

/** The tag of a time, as from UHD: whole seconds and a fraction. */
export function timeTag(timestampNs: bigint): TagInput {
  const seconds = timestampNs / NS_PER_SECOND;
  const rest = Number(timestampNs % NS_PER_SECOND) / 1e9;
  return { offset: 0, key: 'rx_time', value: { pmt: 'tuple', items: [{ pmt: 'uint64', value: seconds }, rest] } };
}

/** A number of any kind; `undefined` if the value is not a number. */
function numberOf(value: unknown): number | undefined {
  const whole = wholeOf(value);
  if (whole !== undefined) return Number(whole);
  return typeof value === 'number' && !Number.isNaN(value) ? value : undefined;
}

function wholeOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  const { pmt, value: inner } = (value ?? {}) as { pmt?: unknown; value?: unknown };
  return pmt === 'uint64' ? (inner as bigint) : undefined;
}

function timeOf(value: unknown): bigint | undefined {
  const { pmt, items } = (value ?? {}) as { pmt?: unknown; items?: readonly unknown[] };
  if (pmt !== 'tuple' || !Array.isArray(items)) return undefined;
  const [first, rest] = items as unknown[];
  const seconds = wholeOf(first);
  const restNs = typeof rest === 'number' ? Math.round(rest * 1e9) : NaN;
  if (seconds === undefined || !Number.isFinite(restNs)) return undefined; // a finite fraction may be too large in ns
  const time = seconds * NS_PER_SECOND + BigInt(restNs);
  return time >= 0n && time <= MAX_U64 ? time : undefined;
}
