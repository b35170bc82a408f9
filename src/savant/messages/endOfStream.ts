import { requireOption } from '../../options/requireOption.js';
import { isString } from './rules.js';
import type { EndOfStream } from '../schema/types.js';

/**
 * Says that a source has come to its end.
 *
 * @throws OptionError where `sourceId` is no string.
 * @example
 * ```ts
 * const last = message(endOfStream('cam-1'));
 * ```
 */
export function endOfStream(sourceId: string): EndOfStream {
  requireOption('endOfStream', 'sourceId', sourceId, isString);
  return { kind: 'endOfStream', sourceId };
}
