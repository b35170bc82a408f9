import { newKeyPair } from '#platform';
import { encodeZ85 } from '../basics/z85.js';

/** The keys of one side of CURVE, each 40 characters of Z85. */
export interface CurveKeyPair {
  /** For the peers: the public key of a server is the `serverKey` of its clients. */
  readonly publicKey: string;
  /** Keep it secret. */
  readonly secretKey: string;
}

/**
 * Creates a new key pair for CURVE, in ZeroMQ's usual form: 40 characters of Z85, for 32 bytes.
 *
 * **Example**
 * {@includeCode ../../examples/security.ts#main}
 * @see {@link curvePublicKey} for the public key of an existing secret key
 */
export function curveKeyPair(): CurveKeyPair {
  const { publicKey, secretKey } = newKeyPair();
  return { publicKey: encodeZ85(publicKey), secretKey: encodeZ85(secretKey) };
}
