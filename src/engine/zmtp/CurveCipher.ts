import { ascii } from './ascii.js';
import type { Cipher, CurvePrimitives } from './Cipher.js';
import { TAG_BYTES } from './curve.js';
import { COMMAND, MORE } from './flags.js';
import { SHORT_NONCE_BYTES, writeCount, type PeerCounts } from './nonces.js';
import { MESSAGE, expectCommand } from './words.js';
import { ZmtpError } from './ZmtpError.js';

/** libzmq's bit for commands inside a box; RFC 26 does not have one. */
const SEALED_COMMAND = 0x02;
const NONCE_BYTES = 24;
const COUNT_AT = NONCE_BYTES - SHORT_NONCE_BYTES;

const BOX_AT = MESSAGE.length + SHORT_NONCE_BYTES;
/** With only the flags in the box. */
const MIN_BYTES = BOX_AT + TAG_BYTES + 1;

/** Seals and opens the boxes of a connection after its CURVE handshake. */
export class CurveCipher implements Cipher {
  readonly #curve: CurvePrimitives;
  readonly #key: Uint8Array;
  readonly #ourNonce: Uint8Array;
  readonly #theirNonce: Uint8Array;
  readonly #theirCounts: PeerCounts;
  #count: number;

  /**
   * @param side the role of this side
   * @param count the count of the last box that this side has sent
   */
  constructor(curve: CurvePrimitives, key: Uint8Array, side: 'client' | 'server', count: number, peer: PeerCounts) {
    this.#curve = curve;
    this.#key = key;
    this.#ourNonce = messageNonce(side === 'client' ? 'C' : 'S');
    this.#theirNonce = messageNonce(side === 'client' ? 'S' : 'C');
    this.#count = count;
    this.#theirCounts = peer;
  }

  seal(flags: number, body: Uint8Array): Uint8Array {
    const text = new Uint8Array(1 + body.length);
    text[0] = (flags & MORE) | ((flags & COMMAND) === 0 ? 0 : SEALED_COMMAND);
    text.set(body, 1);
    this.#count += 1;
    writeCount(this.#ourNonce, COUNT_AT, this.#count);
    const box = this.#curve.seal(this.#key, this.#ourNonce, text);
    const message = new Uint8Array(BOX_AT + box.length);
    message.set(MESSAGE);
    writeCount(message, MESSAGE.length, this.#count);
    message.set(box, BOX_AT);
    return message;
  }

  open(body: Uint8Array): { readonly flags: number; readonly body: Uint8Array } {
    expectCommand(MESSAGE, body, MIN_BYTES);
    if (!this.#theirCounts.isNext(body, MESSAGE.length)) throw new ZmtpError('a MESSAGE came twice, or late');
    for (let at = 0; at < SHORT_NONCE_BYTES; at += 1) this.#theirNonce[COUNT_AT + at] = body[MESSAGE.length + at]!;
    const text = this.#curve.open(this.#key, this.#theirNonce, body.subarray(BOX_AT));
    if (text === undefined) throw new ZmtpError('a MESSAGE that was changed on its way');
    this.#theirCounts.take(body, MESSAGE.length); // only now: a box that opens proves its count
    const flags = text[0]!;
    return { flags: (flags & MORE) | ((flags & SEALED_COMMAND) === 0 ? 0 : COMMAND), body: text.subarray(1) };
  }
}

function messageNonce(side: string): Uint8Array {
  const nonce = new Uint8Array(NONCE_BYTES);
  nonce.set(ascii(`CurveZMQMESSAGE${side}`));
  return nonce;
}
