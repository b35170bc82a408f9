import { requireOption } from '../../options/requireOption.js';
import { isString } from './rules.js';
import type { Shutdown } from '../schema/types.js';

/**
 * Makes a payload that asks a service to end, with its password.
 *
 * @param auth the secret that the receiver expects
 * @throws OptionError if `auth` is not a string.
 * @example
 * ```ts
 * const last = message(shutdown('s3cret'));
 * ```
 */
export function shutdown(auth: string): Shutdown {
  requireOption('shutdown', 'auth', auth, isString);
  return { kind: 'shutdown', auth };
}
