import { requireOption } from '../../options/requireOption.js';
import { isString } from './rules.js';
import type { EndOfStream } from '../schema/types.js';

/**
 * Makes a payload that says that a source has ended.
 *
 * @param sourceId the source whose stream ends
 * @throws OptionError if `sourceId` is not a string.
 * @example
 * ```ts
 * const last = message(endOfStream('cam-1'));
 * ```
 */
export function endOfStream(sourceId: string): EndOfStream {
  requireOption('endOfStream', 'sourceId', sourceId, isString);
  return { kind: 'endOfStream', sourceId };
}
