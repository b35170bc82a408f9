import { MAX_U64 } from './header.js';

const NS_PER_SECOND = 1_000_000_000n;

/** Whether times can be computed from a sample rate. */
export const isRate = (rate: number): boolean => rate > 0 && rate < Infinity;

/** Durations of samples at one rate, in exact integers: rounding errors do not add up. */
export class SampleTime {
  readonly #numerator: bigint;
  readonly #denominator: bigint;

  /** @param rate above 0 and finite; every double is a fraction of two integers */
  constructor(rate: number) {
    let whole = rate;
    let scale = 1n;
    while (!Number.isInteger(whole)) {
      whole *= 2;
      scale *= 2n;
    }
    this.#numerator = NS_PER_SECOND * scale;
    this.#denominator = BigInt(whole);
  }

  /** The time of a sample, in whole ns, rounded down: a number of samples after `startNs`, which is the time of another. */
  at(startNs: bigint, samples: number): bigint {
    const time = startNs + (BigInt(samples) * this.#numerator) / this.#denominator;
    return time > MAX_U64 ? MAX_U64 : time;
  }
}
