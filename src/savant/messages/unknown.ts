import { requireOption } from '../../internal/requireOption.js';
import { isString } from './rules.js';
import type { Unknown } from './types.js';

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
