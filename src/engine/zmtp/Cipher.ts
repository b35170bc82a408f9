/** Encrypts and decrypts frames after a CURVE handshake. */
export interface Cipher {
  /** Returns the body of the MESSAGE frame that contains a frame with these flags (0x01 MORE, 0x04 COMMAND) and this body. */
  seal(flags: number, body: Uint8Array): Uint8Array;
  /**
   * Returns the frame that a MESSAGE frame contains, from its whole body.
   *
   * @throws ZmtpError if the body was changed or replayed, or is not a MESSAGE
   */
  open(body: Uint8Array): { readonly flags: number; readonly body: Uint8Array };
}

/** The cryptography for CURVE, which the platform provides. */
export interface CurvePrimitives {
  randomBytes(count: number): Uint8Array;
  /** A new X25519 pair. */
  keyPair(): { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
  /** The public key of a secret one. */
  publicKey(secretKey: Uint8Array): Uint8Array;
  /**
   * The shared key of a secret and a public key: HSalsa20 of X25519.
   *
   * @throws ZmtpError if the public key has a low order: then everyone knows the shared key
   */
  sharedKey(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array;
  /** XSalsa20-Poly1305, its 16-byte tag first. The nonce has 24 bytes. */
  seal(key: Uint8Array, nonce: Uint8Array, text: Uint8Array): Uint8Array;
  /** `undefined`: the box was changed, or was sealed with another key or nonce. */
  open(key: Uint8Array, nonce: Uint8Array, box: Uint8Array): Uint8Array | undefined;
}
