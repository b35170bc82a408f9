/** Buckets grow by 2%, so that a percentile is within 1% of a value that came. */
const GROWTH = Math.log(1.02);
/** The lowest bucket begins here, in ms: a nanosecond. */
const LEAST = 1e-6;
/** So many buckets reach beyond 30,000 years. */
const BUCKETS = 2300;

/** How durations in ms are spread, in memory that does not grow with their number. Clocks differ: they may be negative. */
export class Histogram {
  /** Negative ones downwards of the middle, others upwards; what is below a nanosecond is in the middle. */
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

  /** The value that so many of 100 are not above. There must be some. */
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
