import { publicKeyOf } from '#platform';
import { encodeZ85 } from '../basics/z85.js';
import { requireKey } from './requireKey.js';
import type { CurveKey } from './Security.js';

/**
 * Gives the public key of a secret one, as 40 characters of Z85.
 *
 * @throws OptionError where it is neither 32 bytes nor 40 characters of Z85; it does not show what it was given
 * @see {@link curveKeyPair} for a new pair
 */
export function curvePublicKey(secretKey: CurveKey): string {
  const key = requireKey('curvePublicKey: secretKey', 'secretKey', secretKey);
  return encodeZ85(publicKeyOf(key));
}
