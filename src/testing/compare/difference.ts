import type { Frame } from '../../frame/types.js';
import { describe } from './describe.js';
import { namedFields } from './namedFields.js';
import { sampleDifference } from './sampleDifference.js';
import { isArrayOfNumbers, isFrame, isPartOfFrame } from './shapes.js';

/** The maximum number of differences reported for one value. */
const MOST_DIFFERENCES = 6;

/** How values are compared. */
export interface Comparison {
  /** The maximum difference of samples. */
  readonly tolerance: number;
  /** Compares values other than frames; throws if they differ. */
  readonly deepEqual: ((actual: unknown, expected: unknown) => void) | undefined;
}

/** The difference as text; nothing if there is none. */
export function difference(actual: unknown, expected: unknown, how: Comparison): string | undefined {
  if (isFrame(actual)) {
    if (isArrayOfNumbers(expected)) return sampleDifference(actual, expected, how.tolerance);
    if (isPartOfFrame(expected) && !isMatcher(expected)) return frameDifference(actual, expected, how);
  }
  if (how.deepEqual === undefined) return plainDifference('', actual, expected, how);
  try {
    how.deepEqual(actual, expected);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function frameDifference(actual: Frame, expected: object, how: Comparison): string | undefined {
  const differences: string[] = [];
  for (const field of namedFields(expected)) {
    const [got, wanted] = [actual, expected].map((frame) => (frame as Readonly<Record<string, unknown>>)[field]);
    const found =
      field === 'samples' && isArrayOfNumbers(wanted)
        ? sampleDifference(actual, wanted, how.tolerance)
        : plainDifference(field, got, wanted, how);
    if (found !== undefined) differences.push(found);
  }
  return together(differences);
}

/** Several differences of one value. */
function together(differences: readonly string[]): string | undefined {
  if (differences.length === 0) return undefined;
  const more = differences.length - MOST_DIFFERENCES;
  return [...differences.slice(0, MOST_DIFFERENCES), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function plainDifference(path: string, actual: unknown, expected: unknown, how: Comparison): string | undefined {
  if (Object.is(actual, expected)) return undefined;
  if (path !== '' && isFrame(actual)) return at(path, difference(actual, expected, how));
  if (isMatcher(expected)) {
    return expected.asymmetricMatch(actual) ? undefined : other(path, actual, String(expected));
  }
  if (typeof actual !== 'object' || typeof expected !== 'object' || actual === null || expected === null) {
    return other(path, actual, describe(expected));
  }
  if (actual instanceof Error) return errorDifference(path, actual, expected, how);
  if (expected instanceof Error) return other(path, actual, describe(expected));
  if (actual instanceof Date && expected instanceof Date) {
    return actual.getTime() === expected.getTime() ? undefined : other(path, actual, describe(expected));
  }
  if (actual instanceof Map && expected instanceof Map) {
    return fieldDifference(path, [...actual] as unknown[], [...expected] as unknown[], how);
  }
  if (actual instanceof Set && expected instanceof Set) {
    return fieldDifference(path, [...actual] as unknown[], [...expected] as unknown[], how);
  }
  const [kind, wantedKind] = [kindOf(actual), kindOf(expected)];
  if (kind !== wantedKind) {
    return at(path, `expected ${wantedKind} ${describe(expected)}, got ${kind} ${describe(actual)}`);
  }
  const [got, wanted] = [contentOf(actual), contentOf(expected)];
  return typeof got === 'object' && typeof wanted === 'object'
    ? fieldDifference(path, got, wanted, how)
    : plainDifference(path, got, wanted, how);
}

/** The built-in class of an object, such as `Map`: objects of two such classes are never equal. */
function kindOf(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

/** What makes two objects of a built-in class equal, if it is not their fields. */
function contentOf(value: object): object | string {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value instanceof DataView) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value instanceof RegExp || value instanceof URL ? String(value) : value;
}

/** Errors are equal if name, text and code are, or if the fields of a plain object are. */
function errorDifference(path: string, actual: Error, expected: object, how: Comparison): string | undefined {
  const fields = expected instanceof Error ? ['name', 'message', 'code'] : Object.keys(expected);
  for (const field of fields) {
    const [got, wanted] = [actual, expected].map((error) => (error as unknown as Record<string, unknown>)[field]);
    const found = plainDifference(join(path, field), got, wanted, how);
    if (found !== undefined) return `${found} (${describe(actual)})`;
  }
  return undefined;
}

/** A field that is `undefined` equals a missing one. */
function fieldDifference(path: string, actual: object, expected: object, how: Comparison): string | undefined {
  const differences: string[] = [];
  for (const field of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const [got, wanted] = [actual, expected].map((object) => (object as Record<string, unknown>)[field]);
    const found = plainDifference(join(path, field), got, wanted, how);
    if (found !== undefined) differences.push(found);
  }
  return together(differences);
}

function other(path: string, actual: unknown, expected: string): string {
  return at(path, `expected ${expected}, got ${describe(actual)}`)!;
}

function at(path: string, found: string | undefined): string | undefined {
  return found === undefined || path === '' ? found : `${path}: ${found}`;
}

function join(path: string, field: string): string {
  const step = /^\d+$/.test(field) ? `[${field}]` : field;
  return path === '' || step.startsWith('[') ? `${path}${step}` : `${path}.${step}`;
}

/** Matchers of vitest and jest, such as `expect.any(Number)`. */
function isMatcher(value: unknown): value is { asymmetricMatch(actual: unknown): boolean; toString(): string } {
  return typeof (value as { asymmetricMatch?: unknown } | null)?.asymmetricMatch === 'function';
}
