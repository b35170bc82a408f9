import { decimalsOf, frequencyUnit } from './axis.js';

/** A number with its unit, and as many digits as make sense: 2.048 MS/s. */
export function withPrefix(value: number, unit: string, digits = 4): string {
  const prefixes = ['', 'k', 'M', 'G', 'T'];
  const power = Math.max(0, Math.min(prefixes.length - 1, Math.floor(Math.log10(Math.abs(value) || 1) / 3)));
  const scaled = value / 1000 ** power;
  const whole = Math.max(1, Math.floor(Math.log10(Math.abs(scaled) || 1)) + 1);
  return `${scaled.toFixed(Math.max(0, Math.min(3, digits - whole)))} ${prefixes[power]!}${unit}`;
}

/**
 * A frequency with its unit, in digits that show `step`: 433.920 000 MHz.
 *
 * @param isOffset whether it is an offset, which has a sign
 */
export function frequencyText(hz: number, step: number, isOffset = false): string {
  const [divisor, unit] = frequencyUnit(Math.abs(hz));
  const [whole = '', decimals = ''] = Math.abs(hz / divisor)
    .toFixed(Math.min(9, decimalsOf(step / divisor)))
    .split('.');
  const grouped = decimals.replace(/(\d{3})(?=\d)/g, '$1\u2009'); // a thin space
  const sign = hz < 0 ? '\u2212' : isOffset && hz > 0 ? '+' : '';
  return `${sign}${whole}${grouped === '' ? '' : `.${grouped}`} ${unit}`;
}

/** A level with one decimal; nothing at all is a dash. */
export function levelText(dB: number): string {
  return dB > -199 ? dB.toFixed(1).replace('-', '\u2212') : '\u2013';
}

/** Milliseconds; clocks that are far apart make no latency. */
export function millisecondsText(ms: number): string {
  if (!Number.isFinite(ms)) return '\u2013';
  if (Math.abs(ms) > 60_000) return 'clocks differ';
  return `${ms.toFixed(Math.abs(ms) < 10 ? 1 : 0).replace('-', '\u2212')} ms`;
}
