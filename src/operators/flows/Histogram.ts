/** Buckets grow by 2%, so that a percentile is within 1% of an actual value. */
const GROWTH = Math.log(1.02);
/** The start of the lowest bucket, in ms: a nanosecond. */
const LEAST = 1e-6;
/** This many buckets reach beyond 30,000 years. */
const BUCKETS = 2300;

/** The distribution of durations in ms, in memory that does not grow with their number. Clocks differ, so durations may be negative. */
export class Histogram {
  /** Negative durations count down from the middle, positive ones up; those below a nanosecond are in the middle. */
  readonly #counts = new Uint32Array(2 * BUCKETS + 1);
  #count = 0;
  #sum = 0;
  #least = Infinity;
  #most = -Infinity;

  get count(): number {
    return this.#count;
  }

  add(ms: number): void {
    const size = Math.abs(ms);
    const step = size < LEAST ? 0 : Math.min(1 + Math.floor(Math.log(size / LEAST) / GROWTH), BUCKETS);
    this.#counts[BUCKETS + (ms < 0 ? -step : step)]! += 1;
    this.#count += 1;
    this.#sum += ms;
    if (ms < this.#least) this.#least = ms;
    if (ms > this.#most) this.#most = ms;
  }

  get least(): number {
    return this.#least;
  }

  get most(): number {
    return this.#most;
  }

  get mean(): number {
    return this.#sum / this.#count;
  }

  /** The value that this many percent of the durations do not exceed. There must be at least one duration. */
  percentile(percent: number): number {
    let left = Math.max(1, Math.ceil((percent / 100) * this.#count));
    let at = 0;
    for (; at < this.#counts.length; at += 1) {
      left -= this.#counts[at]!;
      if (left <= 0) break;
    }
    const step = at - BUCKETS;
    const size = step === 0 ? 0 : LEAST * Math.exp((Math.abs(step) - 0.5) * GROWTH);
    return Math.min(Math.max(step < 0 ? -size : size, this.#least), this.#most);
  }

  clear(): void {
    this.#counts.fill(0);
    this.#count = this.#sum = 0;
    this.#least = Infinity;
    this.#most = -Infinity;
  }
}
