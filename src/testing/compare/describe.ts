import type { Frame } from '../../frame/types.js';
import { isArrayOfNumbers, isFrame, type Numbers } from './shapes.js';

const MOST_NUMBERS = 8;
const MOST_FIELDS = 6;

/** A value as text, for the error of a failed test. */
export function describe(value: unknown, depth = 0): string {
  if (isFrame(value)) return describeFrame(value);
  if (isArrayOfNumbers(value)) return describeNumbers(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth > 2) return Array.isArray(value) ? '[...]' : '{...}';
  const fields = Object.entries(value);
  const shown = fields.slice(0, MOST_FIELDS).map(([name, field]) => {
    const text = describe(field, depth + 1);
    return Array.isArray(value) ? text : `${name}: ${text}`;
  });
  if (fields.length > MOST_FIELDS) shown.push('...');
  return Array.isArray(value) ? `[${shown.join(', ')}]` : `{ ${shown.join(', ')} }`;
}

/** `a cf32 frame [1, 2]`. */
export function describeFrame({ sampleType, samples }: Frame): string {
  return `a ${sampleType} frame ${describeNumbers(samples)}`;
}

function describeNumbers(numbers: Numbers): string {
  const shown = Array.from(numbers).slice(0, MOST_NUMBERS).join(', ');
  return numbers.length > MOST_NUMBERS ? `[${shown}, ... ${numbers.length} in all]` : `[${shown}]`;
}
