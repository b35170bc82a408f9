import { joined } from '../../basics/bytes.js';
import type { CurvePrimitives } from './Cipher.js';
import { CurveCipher } from './CurveCipher.js';
import { KEY_BYTES, checkKey, curveOf, hello, openBox, ready, welcome } from './curve.js';
import type { HandshakeSettings } from './HandshakeSettings.js';
import { nothing, type Mechanism, type Step } from './Mechanism.js';
import { encodeMetadata, parseMetadata } from './metadata.js';
import { LONG_NONCE_BYTES, PeerCounts, nonceOf, shortNonce } from './nonces.js';
import type { CurveClient as CurveClientSecurity } from '../../driver/DriverSecurity.js';
import { HELLO, INITIATE, READY, WELCOME, expectCommand, expectExactly } from './words.js';

const VERSION = Uint8Array.of(1, 0);

/** The client side of CURVE, which knows the server's key. */
export class CurveClient implements Mechanism {
  readonly #settings: HandshakeSettings;
  readonly #security: CurveClientSecurity;
  readonly #curve: CurvePrimitives;
  readonly #pair: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
  /** The shared key of this connection's key and the server's long-term key, for HELLO and WELCOME. */
  #firstKey: Uint8Array | undefined;
  /** The shared key of both sides' keys of this connection, from INITIATE on. */
  #key: Uint8Array | undefined;

  constructor(settings: HandshakeSettings, security: CurveClientSecurity) {
    checkKey('server key', security.serverKey);
    checkKey('public key', security.publicKey);
    checkKey('secret key', security.secretKey);
    this.#settings = settings;
    this.#security = security;
    this.#curve = curveOf(settings);
    this.#pair = this.#curve.keyPair();
  }

  begin(): Step {
    const count = shortNonce(1);
    const { publicKey, secretKey } = this.#pair;
    this.#firstKey = this.#curve.sharedKey(secretKey, this.#security.serverKey);
    const box = this.#curve.seal(this.#firstKey, nonceOf('CurveZMQHELLO---', count), new Uint8Array(hello.zeros));
    return { say: joined(HELLO, VERSION, new Uint8Array(hello.padding), publicKey, count, box) };
  }

  receive(command: Uint8Array): Step {
    return this.#key === undefined ? this.#welcome(command) : this.#ready(command, this.#key);
  }

  admit(): Step {
    return nothing; // a client has no authenticator
  }

  #welcome(command: Uint8Array): Step {
    expectExactly(WELCOME, command, welcome.bytes);
    const { serverKey, publicKey, secretKey } = this.#security;
    const curve = this.#curve;
    const nonce = nonceOf('WELCOME-', command.subarray(welcome.nonceAt, welcome.boxAt));
    const text = openBox('WELCOME', curve, this.#firstKey!, nonce, command.subarray(welcome.boxAt));
    const theirs = text.subarray(0, KEY_BYTES);
    const cookie = text.subarray(KEY_BYTES);
    this.#key = curve.sharedKey(this.#pair.secretKey, theirs);

    const random = curve.randomBytes(LONG_NONCE_BYTES);
    const vouchKey = curve.sharedKey(secretKey, theirs);
    const vouched = joined(this.#pair.publicKey, serverKey);
    const vouch = joined(random, curve.seal(vouchKey, nonceOf('VOUCH---', random), vouched));

    const count = shortNonce(2);
    const said = joined(publicKey, vouch, encodeMetadata(this.#settings));
    const box = curve.seal(this.#key, nonceOf('CurveZMQINITIATE', count), said);
    return { say: joined(INITIATE, cookie, count, box) };
  }

  #ready(command: Uint8Array, key: Uint8Array): Step {
    expectCommand(READY, command, ready.minBytes);
    const nonce = nonceOf('CurveZMQREADY---', command.subarray(ready.countAt, ready.boxAt));
    const text = openBox('READY', this.#curve, key, nonce, command.subarray(ready.boxAt));
    const metadata = parseMetadata(text, this.#settings.socketType);
    const counts = new PeerCounts();
    counts.take(command, ready.countAt);
    return { done: { metadata, cipher: new CurveCipher(this.#curve, key, 'client', 2, counts) } };
  }
}
