import { UsageError } from '../run/UsageError.js';

const PREFIXES: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9 };

/** Reads a number above 0. @throws UsageError */
export function positive(option: string, most = Number.MAX_VALUE) {
  return (text: string): number => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (value > 0 && value <= most) return value;
    const limit = most === Number.MAX_VALUE ? '' : ` and at most ${most}`;
    throw new UsageError(`${option} must be a number above 0${limit}, not '${text}'`);
  };
}

/** Reads an integer from `least` on. @throws UsageError */
export function integer(option: string, least: number, most = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    const limit = most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`;
    throw new UsageError(`${option} must be an integer from ${least}${limit}, not '${text}'`);
  };
}

/** Reads a rate or a frequency in Hz, with or without a prefix: 2.048M, 48k, 433920000. @throws UsageError */
export function hertz(option: string) {
  return (text: string): number => {
    const [, digits, prefix = ''] = /^\s*(-?\d+(?:\.\d*)?(?:e\d+)?)\s*([kMG]?)(?:Hz)?\s*$/.exec(text) ?? [];
    if (digits !== undefined) return Number((Number(digits) * PREFIXES[prefix]!).toPrecision(15));
    throw new UsageError(`${option} must be a number of Hz such as 48000, 48k or 433.92M, not '${text}'`);
  };
}

/** What a timer can hold, some 23 days. */
export const MOST_SECONDS = 2_000_000;
