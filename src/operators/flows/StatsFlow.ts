import type { Subscriber } from 'rxjs';
import type { Frame } from '../../frame/types.js';
import type { Clock } from '../../time/Clock.js';
import { GapTracker } from './GapTracker.js';
import { requireFrame } from '../../frame/requireFrame.js';
import { Histogram } from './Histogram.js';
import { StreamTable } from '../../frame/StreamTable.js';
import type { Passing } from '../../rx/transparent.js';

/** The distribution of durations, in ms. Percentiles are within 1% of an actual value. */
export interface Durations {
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** The statistics of one interval. */
export interface FrameStats {
  /** The length of the interval, in ms. */
  readonly intervalMs: number;
  readonly frames: number;
  /** Complex samples. */
  readonly samples: number;
  /** Bytes of samples, without headers. */
  readonly bytes: number;
  readonly framesPerSecond: number;
  readonly samplesPerSecond: number;
  readonly bytesPerSecond: number;
  /** Frames that did not arrive, by the sequence numbers of each stream. A frame that arrives late is subtracted again. */
  readonly missing: number;
  /** Frames that arrived again. */
  readonly repeated: number;
  /** Frames that arrived after a later one. */
  readonly reordered: number;
  /** `missing` as a fraction of all expected frames, from 0 to 1. */
  readonly loss: number;
  /** From `timestampNs` of each frame to its arrival here, by the clocks of both hosts; `undefined` without frames. */
  readonly latencyMs: Durations | undefined;
  /** How much the latency of a frame differs from that of the frame before in its stream, on average, in ms. */
  readonly jitterMs: number;
}

/** One subscription of `stats`. */
export class StatsFlow implements Passing<Frame> {
  readonly #everyMs: number;
  readonly #out: Subscriber<FrameStats>;
  readonly #clock: Clock;
  readonly #gaps: GapTracker;
  /** The latency of the previous frame of each stream. */
  readonly #before: StreamTable<{ latencyMs: number }>;
  readonly #latency = new Histogram();
  #frames = 0;
  #samples = 0;
  #bytes = 0;
  #missing = 0;
  #repeated = 0;
  #reordered = 0;
  #changes = 0;
  #changed = 0;
  #beganMs: number;
  /** When the open interval is due to end. */
  #dueMs: number;
  #cancel: () => void = () => undefined;

  constructor(everyMs: number, maxStreams: number, out: Subscriber<FrameStats>, clock: Clock) {
    this.#everyMs = everyMs;
    this.#out = out;
    this.#clock = clock;
    this.#gaps = new GapTracker('stats', maxStreams);
    this.#before = new StreamTable(maxStreams, () => ({ latencyMs: NaN }));
    this.#beganMs = this.#clock.now();
    this.#dueMs = this.#beganMs;
    this.#wait(this.#beganMs);
  }

  next(frame: Frame): void {
    const info = requireFrame('stats', frame);
    const gap = this.#gaps.take(frame);
    if (gap?.kind === 'missing') this.#missing += gap.missing;
    else if (gap?.kind === 'repeated') this.#repeated += 1;
    else if (gap?.kind === 'reordered') this.#reordered += 1;
    this.#frames += 1;
    this.#samples += frame.samples.length / info.elementsPerSample;
    this.#bytes += frame.samples.byteLength;
    this.#time(frame);
  }

  complete(): void {
    if (this.#frames > 0) this.#notify(this.#clock.now());
    this.#out.complete();
  }

  finalize(): void {
    this.#cancel();
  }

  #time({ peer, streamId, timestampNs }: Frame): void {
    const latencyMs = Number(this.#clock.wallNs() - timestampNs) / 1e6;
    this.#latency.add(latencyMs);
    const before = this.#before.of(peer, streamId);
    if (!Number.isNaN(before.latencyMs)) {
      this.#changes += 1;
      this.#changed += Math.abs(latencyMs - before.latencyMs);
    }
    before.latencyMs = latencyMs;
  }

  /** Waits for the end of the next interval. It counts from when this interval was due to end, so that delays do not add up. */
  #wait(now: number): void {
    const late = now - this.#dueMs;
    if (late >= this.#everyMs) this.#dueMs = now; // the process was suspended
    this.#dueMs += this.#everyMs;
    // eslint-disable-next-line no-restricted-syntax -- the end of an interval
    this.#cancel = this.#clock.after(this.#dueMs - now, () => {
      const then = this.#clock.now();
      this.#wait(then);
      this.#notify(then);
    });
  }

  /** Emits the statistics of the interval that ends now, and starts the next. */
  #notify(now: number): void {
    const intervalMs = now - this.#beganMs;
    const perSecond = intervalMs > 0 ? 1000 / intervalMs : 0;
    const missing = Math.max(this.#missing - this.#reordered, 0);
    const stats: FrameStats = {
      intervalMs,
      frames: this.#frames,
      samples: this.#samples,
      bytes: this.#bytes,
      framesPerSecond: this.#frames * perSecond,
      samplesPerSecond: this.#samples * perSecond,
      bytesPerSecond: this.#bytes * perSecond,
      missing,
      repeated: this.#repeated,
      reordered: this.#reordered,
      loss: missing === 0 ? 0 : missing / (missing + this.#frames - this.#repeated),
      latencyMs: durations(this.#latency),
      jitterMs: this.#changes === 0 ? 0 : this.#changed / this.#changes,
    };
    this.#beganMs = now;
    this.#frames = this.#samples = this.#bytes = 0;
    this.#missing = this.#repeated = this.#reordered = 0;
    this.#changes = this.#changed = 0;
    this.#latency.clear();
    this.#out.next(stats);
  }
}

function durations(histogram: Histogram): Durations | undefined {
  if (histogram.count === 0) return undefined;
  return {
    min: histogram.least,
    mean: histogram.mean,
    p50: histogram.percentile(50),
    p90: histogram.percentile(90),
    p99: histogram.percentile(99),
    max: histogram.most,
  };
}
