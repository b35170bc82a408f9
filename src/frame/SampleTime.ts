import { MAX_U64 } from './header.js';

const NS_PER_SECOND = 1_000_000_000n;

/** Whether a sample rate is one by which time can be told. */
export const isRate = (rate: number): boolean => rate > 0 && rate < Infinity;

/** How long samples take at one rate, in exact integers: no rounding is ever added to another. */
export class SampleTime {
  readonly #numerator: bigint;
  readonly #denominator: bigint;

  /** @param rate above 0 and finite; a double is a fraction of two integers, whatever it is */
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

  /** The time of a sample, in whole ns, downwards: so many samples after `startNs`, which is the time of another. */
  at(startNs: bigint, samples: number): bigint {
    const time = startNs + (BigInt(samples) * this.#numerator) / this.#denominator;
    return time > MAX_U64 ? MAX_U64 : time;
  }
}
