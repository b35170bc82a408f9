import { joined, sameBytes, startsWith } from '../../basics/bytes.js';
import type { CurvePrimitives } from './Cipher.js';
import { CurveCipher } from './CurveCipher.js';
import { KEY_BYTES, PAIR_BOX_BYTES, checkKey, curveOf, hello, initiate, openBox } from './curve.js';
import type { HandshakeSettings } from './HandshakeSettings.js';
import { nothing, type Mechanism, type Step } from './Mechanism.js';
import { encodeMetadata, parseMetadata, type Metadata } from './metadata.js';
import { LONG_NONCE_BYTES, PeerCounts, nonceOf, shortNonce } from './nonces.js';
import type { CurveServer as CurveServerSecurity } from '../../driver/DriverSecurity.js';
import { HELLO, INITIATE, READY, WELCOME, expectCommand, expectExactly } from './words.js';
import { ZmtpError } from './ZmtpError.js';

/** The state between the HELLO and the INITIATE of a client. */
interface Greeted {
  readonly clientKey: Uint8Array;
  readonly secretKey: Uint8Array;
  readonly cookie: Uint8Array;
}

/** The state after a client has proved its identity. */
interface Proved {
  readonly key: Uint8Array;
  readonly metadata: Metadata;
}

/** The server side of CURVE, whose key the client knows. */
export class CurveServer implements Mechanism {
  readonly #settings: HandshakeSettings;
  readonly #security: CurveServerSecurity;
  readonly #curve: CurvePrimitives;
  readonly #counts = new PeerCounts();
  #greeted: Greeted | undefined;
  #proved: Proved | undefined;

  constructor(settings: HandshakeSettings, security: CurveServerSecurity) {
    checkKey('secret key', security.secretKey);
    this.#settings = settings;
    this.#security = security;
    this.#curve = curveOf(settings);
  }

  begin(): Step {
    return nothing;
  }

  receive(command: Uint8Array): Step {
    return this.#greeted === undefined ? this.#hello(command) : this.#initiate(command, this.#greeted);
  }

  admit(): Step {
    const { key, metadata } = this.#proved!;
    const count = shortNonce(1);
    const box = this.#curve.seal(key, nonceOf('CurveZMQREADY---', count), encodeMetadata(this.#settings));
    const cipher = new CurveCipher(this.#curve, key, 'server', 1, this.#counts);
    return { say: joined(READY, count, box), done: { metadata, cipher } };
  }

  #hello(command: Uint8Array): Step {
    expectExactly(HELLO, command, hello.bytes);
    if (command[hello.versionAt] !== 1 || command[hello.versionAt + 1] !== 0) {
      throw new ZmtpError(`a HELLO of CURVE ${command[hello.versionAt]}.${command[hello.versionAt + 1]}: we speak 1.0`);
    }
    const curve = this.#curve;
    const clientKey = command.slice(hello.keyAt, hello.countAt);
    const key = curve.sharedKey(this.#security.secretKey, clientKey);
    const nonce = nonceOf('CurveZMQHELLO---', command.subarray(hello.countAt, hello.boxAt));
    openBox('HELLO', curve, key, nonce, command.subarray(hello.boxAt));
    this.#counts.take(command, hello.countAt);

    const { publicKey, secretKey } = curve.keyPair();
    const cookie = this.#bake(clientKey, secretKey);
    this.#greeted = { clientKey, secretKey, cookie };
    const random = curve.randomBytes(LONG_NONCE_BYTES);
    const box = curve.seal(key, nonceOf('WELCOME-', random), joined(publicKey, cookie));
    return { say: joined(WELCOME, random, box) };
  }

  /** The cookie is never opened, so its key is not kept: the client only has to return it unchanged. */
  #bake(clientKey: Uint8Array, secretKey: Uint8Array): Uint8Array {
    const random = this.#curve.randomBytes(LONG_NONCE_BYTES);
    const key = this.#curve.randomBytes(KEY_BYTES);
    return joined(random, this.#curve.seal(key, nonceOf('COOKIE--', random), joined(clientKey, secretKey)));
  }

  #initiate(command: Uint8Array, { clientKey, secretKey, cookie }: Greeted): Step {
    expectCommand(INITIATE, command, initiate.minBytes);
    if (!sameBytes(command.subarray(initiate.cookieAt, initiate.countAt), cookie)) {
      throw new ZmtpError('an INITIATE with a cookie that is not ours');
    }
    if (!this.#counts.isNext(command, initiate.countAt))
      throw new ZmtpError('an INITIATE whose nonce does not count on');
    this.#counts.take(command, initiate.countAt);
    const curve = this.#curve;
    const key = curve.sharedKey(secretKey, clientKey);
    const nonce = nonceOf('CurveZMQINITIATE', command.subarray(initiate.countAt, initiate.boxAt));
    const text = openBox('INITIATE', curve, key, nonce, command.subarray(initiate.boxAt));

    const publicKey = text.slice(0, KEY_BYTES);
    this.#checkVouch(text.subarray(KEY_BYTES, KEY_BYTES + PAIR_BOX_BYTES), publicKey, clientKey, secretKey);
    const metadata = parseMetadata(text.subarray(KEY_BYTES + PAIR_BOX_BYTES), this.#settings.socketType);
    this.#proved = { key, metadata };
    if (this.#security.authenticate === undefined) return this.admit();
    return { ask: { mechanism: 'curve', address: this.#settings.address, publicKey } };
  }

  /** Checks that the client's long-term key vouches for its key of this connection and for this server. */
  #checkVouch(vouch: Uint8Array, publicKey: Uint8Array, clientKey: Uint8Array, secretKey: Uint8Array): void {
    const key = this.#curve.sharedKey(secretKey, publicKey);
    const nonce = nonceOf('VOUCH---', vouch.subarray(0, LONG_NONCE_BYTES));
    const text = openBox("INITIATE's vouch", this.#curve, key, nonce, vouch.subarray(LONG_NONCE_BYTES));
    if (!startsWith(text, clientKey)) throw new ZmtpError('an INITIATE that vouches for the key of another connection');
    if (!sameBytes(text.subarray(KEY_BYTES), this.#curve.publicKey(this.#security.secretKey))) {
      throw new ZmtpError('an INITIATE that vouches for another server');
    }
  }
}
