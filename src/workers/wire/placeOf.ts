import { fieldOf } from './fieldOf.js';
import { isCloneable } from './isCloneable.js';

/**
 * Finds the part of a value that cannot be copied, such as `value.meta.onClick`.
 *
 * @param name the name of the value itself
 */
export function placeOf(value: unknown, name: string): string {
  let place = name;
  let at: unknown = value;
  const path = new Set<unknown>();
  for (;;) {
    path.add(at); // a cycle ends here
    const part = partsOf(at).find(([, part]) => !path.has(part) && !isCloneable(part));
    if (part === undefined) return place;
    place += part[0];
    at = part[1];
  }
}

type Part = readonly [name: string, part: unknown];

function partsOf(value: unknown): readonly Part[] {
  if (value instanceof Map) {
    return [...value].flatMap(([key, part], index): Part[] => [
      [` (key ${index + 1} of the Map)`, key],
      [` (value ${index + 1} of the Map)`, part],
    ]);
  }
  if (value instanceof Set) return [...value].map((part, index): Part => [` (item ${index + 1} of the Set)`, part]);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.keys(value).map((key): Part => [access(key, Array.isArray(value)), fieldOf(value, key)]);
}

function access(key: string, isIndex: boolean): string {
  if (isIndex) return `[${key}]`;
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
