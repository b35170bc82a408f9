/** The argument of `authenticate` with NULL: the address of the peer. */
export interface NullCredentials {
  readonly mechanism: 'null';
  /** The peer's IP address, without its port; IPv4 always as `127.0.0.1`. `''` over ipc. */
  readonly address: string;
}

/** The argument of `authenticate` with PLAIN. */
export interface PlainCredentials {
  readonly mechanism: 'plain';
  /** The peer's IP address, without its port; IPv4 always as `127.0.0.1`. `''` over ipc. */
  readonly address: string;
  readonly username: string;
  readonly password: string;
}

/** The argument of `authenticate` with CURVE. The peer has proved that it has the secret key of this public key. */
export interface CurveCredentials {
  readonly mechanism: 'curve';
  /** The peer's IP address, without its port; IPv4 always as `127.0.0.1`. `''` over ipc. */
  readonly address: string;
  /** 40 characters of Z85, as from {@link curveKeyPair}. */
  readonly publicKey: string;
}

/** The argument of `authenticate`; `mechanism` says which of the three it is. */
export type Credentials = NullCredentials | PlainCredentials | CurveCredentials;

/**
 * The result of `authenticate`. `true` accepts the peer. A text accepts it too, and is its user id, which `status` reports. `false`
 * refuses it, and so does anything else: an empty text, an exception, a Promise that rejects or has not settled when the handshake
 * times out.
 */
export type Authenticate<C extends Credentials = Credentials> = (
  who: C,
) => boolean | string | PromiseLike<boolean | string>;
