import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';

/** X25519 keys, 32 bytes each. */
export interface RawKeyPair {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

/** The bytes before a raw X25519 private key in PKCS #8. */
const PRIVATE_KEY_START = /* @__PURE__ */ Buffer.from('302e020100300506032b656e04220420', 'hex');
const KEY_BYTES = 32;

/** A new pair, and its secret key as a KeyObject. */
export function newKeyPair(): RawKeyPair & { readonly key: KeyObject } {
  // The generator exports the keys itself: Node hangs for ever if a generated KeyObject is exported as JWK while a garbage
  // collection frees its generator.
  const jwk = generateJwk();
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return { publicKey: fromBase64(jwk.x), secretKey: fromBase64(jwk.d), key };
}

/** A secret key as a KeyObject. */
export function privateKeyOf(secretKey: Uint8Array): KeyObject {
  const der = Buffer.concat([PRIVATE_KEY_START, secretKey]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

/** The public key of a secret one. */
export function publicKeyOf(key: KeyObject): Uint8Array {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return Uint8Array.from(der.subarray(der.length - KEY_BYTES));
}

function generateJwk(): JsonWebKey {
  const format = { format: 'jwk' } as const;
  const generate = generateKeyPairSync as unknown as (type: 'x25519', options: object) => { privateKey: JsonWebKey };
  return generate('x25519', { publicKeyEncoding: format, privateKeyEncoding: format }).privateKey;
}

function fromBase64(text: string | undefined): Uint8Array {
  return Uint8Array.from(Buffer.from(text!, 'base64url'));
}
