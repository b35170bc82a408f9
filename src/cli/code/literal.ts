import type { Piece } from './Piece.js';

/** A text, number, bigint, truth value or array of such, as a piece. */
export function literal<T>(value: T): Piece<T> {
  return { make: () => value, text: textOf(value), imports: {} };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') {
    const text = JSON.stringify(value)
      .slice(1, -1)
      .replaceAll('\\"', '"')
      .replaceAll("'", String.raw`\'`);
    return `'${text}'`;
  }
  if (typeof value === 'bigint') return `${grouped(String(value))}n`;
  if (typeof value === 'number') return Number.isInteger(value) ? grouped(String(value)) : String(value);
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  return String(value);
}

/** Digits in groups of three, from five on. */
function grouped(digits: string): string {
  return /^-?\d{5,}$/.test(digits) ? digits.replaceAll(/\B(?=(\d{3})+$)/g, '_') : digits;
}
