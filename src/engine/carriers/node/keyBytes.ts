import { newKeyPair as newPair, privateKeyOf, publicKeyOf as publicPartOf } from './curveKeys.js';

/** A new key pair for CURVE, 32 bytes each. */
export function newKeyPair(): { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array } {
  return newPair();
}

/** The public key of a secret one, 32 bytes each. */
export function publicKeyOf(secretKey: Uint8Array): Uint8Array {
  return publicPartOf(privateKeyOf(secretKey));
}
