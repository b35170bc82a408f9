import { requireOption } from '../../options/requireOption.js';
import { isArray, isString } from './rules.js';
import type { Attribute } from '../schema/attributes.js';
import type { UserData } from '../schema/types.js';

/**
 * Makes a payload with an application's data about a source, besides frames.
 *
 * @param sourceId the source that it belongs to
 * @param attributes the data
 * @throws OptionError if an argument is of a wrong type.
 * @example
 * ```ts
 * const notice = userData('cam-1', [attribute({ namespace: 'app', name: 'lamp', values: [{ kind: 'boolean', value: true }] })]);
 * ```
 */
export function userData(sourceId: string, attributes: readonly Attribute[] = []): UserData {
  requireOption('userData', 'sourceId', sourceId, isString);
  requireOption('userData', 'attributes', attributes, isArray);
  return { kind: 'userData', sourceId, attributes };
}
