import type { CurvePrimitives } from './Cipher.js';
import type { HandshakeSettings } from './HandshakeSettings.js';
import { LONG_NONCE_BYTES, SHORT_NONCE_BYTES } from './nonces.js';
import { HELLO, INITIATE, READY, WELCOME } from './words.js';
import { ZmtpError } from './ZmtpError.js';

export const KEY_BYTES = 32;
export const TAG_BYTES = 16;
/** The size of a cookie or a vouch: a random nonce and the box of two keys. */
export const PAIR_BOX_BYTES = LONG_NONCE_BYTES + TAG_BYTES + 2 * KEY_BYTES;

// The offsets and lengths of the handshake commands.

const PADDING_BYTES = 72; // makes HELLO longer than WELCOME, so that a server cannot be misused to amplify traffic
const ZERO_BYTES = 64;
const helloKeyAt = HELLO.length + 2 + PADDING_BYTES;
const helloBoxAt = helloKeyAt + KEY_BYTES + SHORT_NONCE_BYTES;

export const hello = {
  versionAt: HELLO.length,
  padding: PADDING_BYTES,
  keyAt: helloKeyAt,
  countAt: helloKeyAt + KEY_BYTES,
  boxAt: helloBoxAt,
  zeros: ZERO_BYTES,
  bytes: helloBoxAt + TAG_BYTES + ZERO_BYTES,
} as const;

export const welcome = {
  nonceAt: WELCOME.length,
  boxAt: WELCOME.length + LONG_NONCE_BYTES,
  bytes: WELCOME.length + LONG_NONCE_BYTES + TAG_BYTES + KEY_BYTES + PAIR_BOX_BYTES,
} as const;

const initiateBoxAt = INITIATE.length + PAIR_BOX_BYTES + SHORT_NONCE_BYTES;

export const initiate = {
  cookieAt: INITIATE.length,
  countAt: INITIATE.length + PAIR_BOX_BYTES,
  boxAt: initiateBoxAt,
  minBytes: initiateBoxAt + TAG_BYTES + KEY_BYTES + PAIR_BOX_BYTES,
} as const;

export const ready = {
  countAt: READY.length,
  boxAt: READY.length + SHORT_NONCE_BYTES,
  minBytes: READY.length + SHORT_NONCE_BYTES + TAG_BYTES,
} as const;

/** @throws ZmtpError if CURVE was chosen without its primitives */
export function curveOf({ curve }: HandshakeSettings): CurvePrimitives {
  if (curve === undefined) throw new ZmtpError('CURVE needs its primitives, which were not given');
  return curve;
}

/** @throws ZmtpError if the key does not have 32 bytes */
export function checkKey(what: string, key: Uint8Array): void {
  if (key.length !== KEY_BYTES) throw new ZmtpError(`our ${what} has ${key.length} bytes: keys have ${KEY_BYTES}`);
}

/** @throws ZmtpError if the box cannot be opened */
export function openBox(
  what: string,
  curve: CurvePrimitives,
  key: Uint8Array,
  nonce: Uint8Array,
  box: Uint8Array,
): Uint8Array {
  const text = curve.open(key, nonce, box);
  if (text === undefined) throw new ZmtpError(`${what} could not be opened: another key made it, or it was changed`);
  return text;
}
