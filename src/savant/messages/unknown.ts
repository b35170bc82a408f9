import { requireOption } from '../../options/requireOption.js';
import { isString } from './rules.js';
import type { Unknown } from '../schema/types.js';

/**
 * Makes a payload of unknown kind, with a text.
 *
 * @param message the text
 * @throws OptionError if `message` is not a string.
 * @example
 * ```ts
 * const apology = message(unknown('no such model'));
 * ```
 */
export function unknown(message: string): Unknown {
  requireOption('unknown', 'message', message, isString);
  return { kind: 'unknown', message };
}
