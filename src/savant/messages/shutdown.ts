import { requireOption } from '../../options/requireOption.js';
import { isString } from './rules.js';
import type { Shutdown } from '../schema/types.js';

/**
 * Asks a service to end, with the word that makes it believe.
 *
 * @throws OptionError where `auth` is no string.
 * @example
 * ```ts
 * const last = message(shutdown('s3cret'));
 * ```
 */
export function shutdown(auth: string): Shutdown {
  requireOption('shutdown', 'auth', auth, isString);
  return { kind: 'shutdown', auth };
}
