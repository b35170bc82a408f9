import { publicKeyOf } from '#platform';
import { encodeZ85 } from '../basics/z85.js';
import { requireKey } from './requireKey.js';
import type { CurveKey } from './Security.js';

/**
 * Returns the public key of a secret key, as 40 characters of Z85.
 *
 * @param secretKey 32 bytes, or 40 characters of Z85
 * @throws OptionError if the secret key is neither 32 bytes nor 40 characters of Z85; the error does not show it
 * @see {@link curveKeyPair} for a new pair
 */
export function curvePublicKey(secretKey: CurveKey): string {
  const key = requireKey('curvePublicKey: secretKey', 'secretKey', secretKey);
  return encodeZ85(publicKeyOf(key));
}
