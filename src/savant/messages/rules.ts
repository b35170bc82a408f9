import type { Rule } from '../../options/rules.js';
import { isUuid } from '../schema/checks.js';

/** A 64-bit integer of the wire: a bigint, or a number if that is exact. */
export type Integer = number | bigint;

export const isString: Rule = (value) => (typeof value === 'string' ? undefined : 'a string');

export const isAnyNumber: Rule = (value) => (typeof value === 'number' ? undefined : 'a number');

export const isArray: Rule = (value) => (Array.isArray(value) ? undefined : 'an array');

export const isObject: Rule = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'an object';

export const isUuidText: Rule = (value) => (isUuid(value) ? undefined : 'a UUID');

export const isInt32: Rule = (value) =>
  typeof value === 'number' && (value | 0) === value ? undefined : 'an integer of 32 bits';

/** An integer between two bounds, as a bigint or as a number that is exact. */
const isIntegerFrom =
  (least: bigint, most: bigint, wanted: string): Rule =>
  (value) => {
    if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) return wanted;
    return (value as Integer) >= least && (value as Integer) <= most ? undefined : wanted;
  };

const MOST_INT64 = 2n ** 63n - 1n;
const MOST_UINT64 = 2n ** 64n - 1n;

export const isInt64 = /* @__PURE__ */ isIntegerFrom(
  -MOST_INT64 - 1n,
  MOST_INT64,
  'a bigint of 64 bits or an exact number',
);
export const isUint64 = /* @__PURE__ */ isIntegerFrom(0n, MOST_UINT64, 'a bigint from 0n to 2n ** 64n - 1n');
export const isNotNegative = /* @__PURE__ */ isIntegerFrom(0n, MOST_INT64, 'an integer from 0');
export const isPositive = /* @__PURE__ */ isIntegerFrom(1n, MOST_INT64, 'an integer from 1');
export const isTimestamp = /* @__PURE__ */ isIntegerFrom(0n, 2n ** 128n - 1n, 'a bigint from 0n to 2n ** 128n - 1n');

/** An iterable. */
export const isIterable: Rule = (value) => {
  const iterator = (value as { [Symbol.iterator]?: unknown } | null | undefined)?.[Symbol.iterator];
  return typeof iterator === 'function' ? undefined : 'iterable';
};

/** Optional integers keep their absence. */
export function toBigInt(value: Integer | undefined): bigint | undefined {
  return value === undefined ? undefined : BigInt(value);
}
