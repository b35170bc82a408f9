import { newKeyPair } from '#platform';
import { encodeZ85 } from '../basics/z85.js';

/** The keys of one side of CURVE, each 40 characters of Z85. */
export interface CurveKeyPair {
  /** For the others: a server's is the `serverKey` of its clients. */
  readonly publicKey: string;
  /** For nobody else. */
  readonly secretKey: string;
}

/**
 * Makes a new pair of keys for CURVE, in the spelling that all of ZeroMQ knows: 40 characters of Z85, for 32 bytes.
 *
 * **Example**
 * {@includeCode ../../examples/security.ts#main}
 * @see {@link curvePublicKey} for the public key of a secret one that was kept
 */
export function curveKeyPair(): CurveKeyPair {
  const { publicKey, secretKey } = newKeyPair();
  return { publicKey: encodeZ85(publicKey), secretKey: encodeZ85(secretKey) };
}
