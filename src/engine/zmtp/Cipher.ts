/** What CURVE makes of frames once its handshake is done. */
export interface Cipher {
  /** The body of the MESSAGE frame that carries a frame with these flags (0x01 MORE, 0x04 COMMAND) and this body. */
  seal(flags: number, body: Uint8Array): Uint8Array;
  /**
   * What a MESSAGE frame carries, from its whole body.
   *
   * @throws ZmtpError where it was changed, replayed, or is no MESSAGE
   */
  open(body: Uint8Array): { readonly flags: number; readonly body: Uint8Array };
}

/** What CURVE needs of cryptography; the platform gives it. */
export interface CurvePrimitives {
  randomBytes(count: number): Uint8Array;
  /** A new X25519 pair. */
  keyPair(): { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
  /** The public key of a secret one. */
  publicKey(secretKey: Uint8Array): Uint8Array;
  /**
   * The key that a secret and a public key agree on: HSalsa20 of X25519.
   *
   * @throws ZmtpError where the public key has a low order: anybody knows what it agrees on
   */
  sharedKey(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array;
  /** XSalsa20-Poly1305, its 16-byte tag first. The nonce has 24 bytes. */
  seal(key: Uint8Array, nonce: Uint8Array, text: Uint8Array): Uint8Array;
  /** `undefined`: it was changed, or another key or nonce made it. */
  open(key: Uint8Array, nonce: Uint8Array, box: Uint8Array): Uint8Array | undefined;
}
