import { describe } from '../../basics/describe.js';
import type { Pmt } from './types.js';

/** A PMT as an error text says it. */
export function describePmt(value: Pmt | undefined): string {
  if (typeof value === 'string') return `the symbol ${describe(value)}`;
  if (typeof value === 'number') return `the double ${value}`;
  if (typeof value === 'bigint') return `the long ${value}`;
  if (value === null) return 'nil';
  if (Array.isArray(value)) return `a vector of ${value.length}`;
  if (value instanceof Map) return `a dict of ${value.size}`;
  const { pmt } = (value ?? {}) as { pmt?: unknown };
  return typeof pmt === 'string' ? `a ${pmt}` : describe(value);
}
