import { createPublicKey, diffieHellman, randomFillSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { CurvePrimitives } from '../../zmtp/Cipher.js';
import { ZmtpError } from '../../zmtp/ZmtpError.js';
import { newKeyPair, privateKeyOf, publicKeyOf, type RawKeyPair } from './curveKeys.js';

type Salsa = typeof import('@noble/ciphers/salsa.js');

const KEY_BYTES = 32;
const TAG_BYTES = 16;

let loading: Promise<CurvePrimitives> | undefined;

/** The primitives of CURVE: Node's X25519, which is far faster than one in JavaScript, and XSalsa20-Poly1305, which Node does not have. */
export function loadCurvePrimitives(): Promise<CurvePrimitives> {
  return (loading ??= import('@noble/ciphers/salsa.js').then((salsa) => new NodeCurvePrimitives(salsa)));
}

/** A secret key as a KeyObject, and its bytes. */
interface Secret {
  readonly bytes: Uint8Array;
  readonly key: KeyObject;
  publicKey: Uint8Array | undefined;
}

class NodeCurvePrimitives implements CurvePrimitives {
  readonly #salsa: Salsa;
  /** 'expand 32-byte k', and the input of HSalsa20, which is all zeros in CURVE. */
  readonly #sigma = wordsOf(Buffer.from('expand 32-byte k'));
  readonly #zeros = new Uint32Array(4);
  /** Creating a KeyObject costs ten times as much as using it, and long-term keys are used for every connection. */
  readonly #secrets = new WeakMap<Uint8Array, Secret>();

  constructor(salsa: Salsa) {
    this.#salsa = salsa;
  }

  randomBytes(count: number): Uint8Array {
    return randomFillSync(new Uint8Array(count));
  }

  keyPair(): RawKeyPair {
    const { publicKey, secretKey, key } = newKeyPair();
    this.#secrets.set(secretKey, { bytes: secretKey.slice(), key, publicKey: publicKey.slice() });
    return { publicKey, secretKey };
  }

  publicKey(secretKey: Uint8Array): Uint8Array {
    const secret = this.#secret(secretKey);
    secret.publicKey ??= publicKeyOf(secret.key);
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
      return undefined; // the only possible error is a wrong tag
    }
  }

  #secret(secretKey: Uint8Array): Secret {
    const known = this.#secrets.get(secretKey);
    if (known !== undefined && Buffer.compare(known.bytes, secretKey) === 0) return known;
    const secret = { bytes: secretKey.slice(), key: privateKeyOf(secretKey), publicKey: undefined };
    this.#secrets.set(secretKey, secret);
    return secret;
  }
}

/** @throws ZmtpError if every secret key would agree with this public key on zeros */
function agree(privateKey: KeyObject, publicKey: Uint8Array): Uint8Array {
  const x = Buffer.from(publicKey).toString('base64url');
  const theirs = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
  let agreed: Uint8Array | undefined;
  try {
    agreed = diffieHellman({ privateKey, publicKey: theirs });
  } catch {
    // OpenSSL refuses to return zeros; other libraries return them
  }
  if (agreed?.some((byte) => byte !== 0)) return agreed;
  throw new ZmtpError('a public key of low order');
}

/** A copy, as words in the byte order of the machine. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}
