import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, randomFillSync } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import type { CurvePrimitives } from '../zmtp/Cipher.js';
import { ZmtpError } from '../zmtp/ZmtpError.js';

type Salsa = typeof import('@noble/ciphers/salsa.js');

/** What comes before a raw private key of X25519 in PKCS #8. */
const PRIVATE_KEY_START = Buffer.from('302e020100300506032b656e04220420', 'hex');
const KEY_BYTES = 32;
const TAG_BYTES = 16;

let loading: Promise<CurvePrimitives> | undefined;

/** CURVE's primitives: X25519 of Node, which is far faster than one in JavaScript, and XSalsa20-Poly1305, which Node has not. */
export function loadCurvePrimitives(): Promise<CurvePrimitives> {
  return (loading ??= import('@noble/ciphers/salsa.js').then((salsa) => new NodeCurvePrimitives(salsa)));
}

/** A secret key as Node wants it, and what it was made of. */
interface Secret {
  readonly bytes: Uint8Array;
  readonly key: KeyObject;
  publicKey: Uint8Array | undefined;
}

class NodeCurvePrimitives implements CurvePrimitives {
  readonly #salsa: Salsa;
  /** 'expand 32-byte k', and the input of HSalsa20, which is all zeros here. */
  readonly #sigma = wordsOf(Buffer.from('expand 32-byte k'));
  readonly #zeros = new Uint32Array(4);
  /** Making a KeyObject costs ten times its use, and long-term keys are used for every connection. */
  readonly #secrets = new WeakMap<Uint8Array, Secret>();

  constructor(salsa: Salsa) {
    this.#salsa = salsa;
  }

  randomBytes(count: number): Uint8Array {
    return randomFillSync(new Uint8Array(count));
  }

  keyPair(): { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array } {
    // The generator writes the keys itself: Node stands still for ever where a generated KeyObject is exported as JWK while
    // a garbage collection takes what is left of its generator.
    const jwk = generateJwk();
    const publicKey = fromBase64(jwk.x);
    const secretKey = fromBase64(jwk.d);
    const key = createPrivateKey({ key: jwk, format: 'jwk' });
    this.#secrets.set(secretKey, { bytes: secretKey.slice(), key, publicKey: publicKey.slice() });
    return { publicKey, secretKey };
  }

  publicKey(secretKey: Uint8Array): Uint8Array {
    const secret = this.#secret(secretKey);
    secret.publicKey ??= rawPublicKey(secret.key);
    return secret.publicKey.slice();
  }

  sharedKey(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
    const agreed = wordsOf(agree(this.#secret(secretKey).key, publicKey));
    const key = new Uint32Array(KEY_BYTES / 4);
    this.#salsa.hsalsa(this.#sigma, agreed, this.#zeros, key);
    return new Uint8Array(key.buffer);
  }

  seal(key: Uint8Array, nonce: Uint8Array, text: Uint8Array): Uint8Array {
    return this.#salsa.xsalsa20poly1305(key, nonce).encrypt(text);
  }

  open(key: Uint8Array, nonce: Uint8Array, box: Uint8Array): Uint8Array | undefined {
    if (box.length < TAG_BYTES) return undefined;
    const cipher = this.#salsa.xsalsa20poly1305(key, nonce);
    try {
      return cipher.decrypt(box);
    } catch {
      return undefined; // nothing else is wrong but its tag
    }
  }

  #secret(secretKey: Uint8Array): Secret {
    const known = this.#secrets.get(secretKey);
    if (known !== undefined && Buffer.compare(known.bytes, secretKey) === 0) return known;
    const der = Buffer.concat([PRIVATE_KEY_START, secretKey]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const secret = { bytes: secretKey.slice(), key, publicKey: undefined };
    this.#secrets.set(secretKey, secret);
    return secret;
  }
}

function generateJwk(): JsonWebKey {
  const format = { format: 'jwk' } as const;
  const generate = generateKeyPairSync as unknown as (type: 'x25519', options: object) => { privateKey: JsonWebKey };
  return generate('x25519', { publicKeyEncoding: format, privateKeyEncoding: format }).privateKey;
}

function rawPublicKey(secret: KeyObject): Uint8Array {
  const der = createPublicKey(secret).export({ format: 'der', type: 'spki' });
  return Uint8Array.from(der.subarray(der.length - KEY_BYTES));
}

/** @throws ZmtpError where all secret keys agree with this public key on zeros */
function agree(privateKey: KeyObject, publicKey: Uint8Array): Uint8Array {
  const x = Buffer.from(publicKey).toString('base64url');
  const theirs = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
  let agreed: Uint8Array | undefined;
  try {
    agreed = diffieHellman({ privateKey, publicKey: theirs });
  } catch {
    // OpenSSL refuses to give zeros; other libraries give them
  }
  if (agreed?.some((byte) => byte !== 0)) return agreed;
  throw new ZmtpError('a public key of low order');
}

function fromBase64(text: string | undefined): Uint8Array {
  return Uint8Array.from(Buffer.from(text!, 'base64url'));
}

/** A copy, as words of the machine's own order. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}
