import { isObject } from './isObject.js';
import { describe } from '../../basics/describe.js';
import type { SigmfExtension } from './types.js';

/** The rule of a field; returns what it must be if it is invalid. */
type Check = (value: unknown) => string | undefined;

const NAME = /^[A-Za-z_]\w*:[A-Za-z_]\w*$/;
const URL_FORM = /^[a-z][a-z\d+.-]*:\S+$/i;

const isText: Check = (value) => (typeof value === 'string' ? undefined : 'a text');
const isUrl: Check = (value) => (typeof value === 'string' && URL_FORM.test(value) ? undefined : 'a URL');
const isHertz: Check = (value) =>
  typeof value === 'number' && Math.abs(value) <= 1e12 ? undefined : 'a number of Hz within 1e12';
const isCount: Check = (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : 'an integer from 0';
const isUuid: Check = (value) =>
  typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value) ? undefined : 'a UUID';
const isPoint: Check = (value) => {
  const { type, coordinates } = Object(value) as { type?: unknown; coordinates?: unknown };
  const isRight =
    type === 'Point' &&
    Array.isArray(coordinates) &&
    (coordinates.length === 2 || coordinates.length === 3) &&
    coordinates.every(Number.isFinite);
  return isRight ? undefined : "{ type: 'Point', coordinates: [longitude, latitude] }, with an altitude or without";
};
const isExtension = (value: unknown): value is SigmfExtension => {
  const { name, version, optional, ...others } = Object(value) as Record<string, unknown>;
  const isWhole = typeof name === 'string' && typeof version === 'string' && typeof optional === 'boolean';
  return isWhole && Object.keys(others).length === 0;
};
const isExtensions: Check = (value) =>
  Array.isArray(value) && value.every(isExtension) ? undefined : 'an array of { name, version, optional }';

/** Fields of `core` that a caller may set, and their rules. The writer sets all others itself. */
export const GLOBAL_FIELDS = {
  'core:author': isText,
  'core:description': isText,
  'core:hw': isText,
  'core:recorder': isText,
  'core:license': isUrl,
  'core:data_doi': isText,
  'core:meta_doi': isText,
  'core:geolocation': isPoint,
  'core:extensions': isExtensions,
} satisfies Record<string, Check>;
export const CAPTURE_FIELDS = { 'core:geolocation': isPoint } satisfies Record<string, Check>;
export const ANNOTATION_FIELDS = {
  'core:sample_start': isCount,
  'core:sample_count': isCount,
  'core:freq_lower_edge': isHertz,
  'core:freq_upper_edge': isHertz,
  'core:label': isText,
  'core:comment': isText,
  'core:generator': isText,
  'core:uuid': isUuid,
} satisfies Record<string, Check>;

/**
 * Describes what is wrong with the fields of a caller, or returns nothing.
 *
 * @param namespaces the declared extensions
 */
export function faultIn(
  fields: unknown,
  known: Readonly<Record<string, Check>>,
  namespaces: readonly string[],
): string | undefined {
  if (!isObject(fields)) return `must be an object of fields, got ${describe(fields)}`;
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const fault = faultOf(name, value, known, namespaces);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOf(
  name: string,
  value: unknown,
  known: Readonly<Record<string, Check>>,
  namespaces: readonly string[],
): string | undefined {
  if (!NAME.test(name)) return `has '${name}': a field is called namespace:name, of letters, digits and _`;
  const [namespace = ''] = name.split(':');
  if (namespace === 'core') {
    const check = Object.hasOwn(known, name) ? known[name] : undefined;
    if (check === undefined) return `cannot set ${name}; of core it may set ${Object.keys(known).join(', ')}`;
    const expected = check(value);
    return expected === undefined ? undefined : `has ${name}, which must be ${expected}, got ${describe(value)}`;
  }
  if (!namespaces.includes(namespace)) {
    return `has ${name}, whose extension is not declared: add { name: '${namespace}', version, optional } to core:extensions of option global`;
  }
  return isJson(value) ? undefined : `has ${name}, which cannot be written as JSON: ${describe(value)}`;
}

/** Whether JSON can represent a value without loss. */
function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return Object.getPrototypeOf(Object(value)) === Object.prototype && Object.values(value as object).every(isJson);
}
