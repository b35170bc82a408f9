import { requireOption } from '../../options/requireOption.js';
import { isString } from './rules.js';
import type { Unknown } from '../schema/types.js';

/**
 * Makes a text that stands for what could not be said.
 *
 * @throws OptionError where `message` is no string.
 * @example
 * ```ts
 * const apology = message(unknown('no such model'));
 * ```
 */
export function unknown(message: string): Unknown {
  requireOption('unknown', 'message', message, isString);
  return { kind: 'unknown', message };
}
