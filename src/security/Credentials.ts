/** What `authenticate` sees of a peer on NULL: where it comes from. */
export interface NullCredentials {
  readonly mechanism: 'null';
  /** The peer's IP address, without its port; IPv4 always as `127.0.0.1`. `''` over ipc. */
  readonly address: string;
}

/** What `authenticate` sees of a peer on PLAIN. */
export interface PlainCredentials {
  readonly mechanism: 'plain';
  /** The peer's IP address, without its port; IPv4 always as `127.0.0.1`. `''` over ipc. */
  readonly address: string;
  readonly username: string;
  readonly password: string;
}

/** What `authenticate` sees of a peer on CURVE, which has proved that it has the secret key of this public one. */
export interface CurveCredentials {
  readonly mechanism: 'curve';
  /** The peer's IP address, without its port; IPv4 always as `127.0.0.1`. `''` over ipc. */
  readonly address: string;
  /** 40 characters of Z85, as {@link curveKeyPair} gives it. */
  readonly publicKey: string;
}

/** Who asks to come in; `mechanism` tells the three apart. */
export type Credentials = NullCredentials | PlainCredentials | CurveCredentials;

/**
 * May this peer come in? `true`: yes. A text: yes, and that is who it is, which `status` tells. `false` is a no, and so is
 * anything else: an empty text, a throw, a Promise that rejects or that has not settled when the handshake has to be done.
 */
export type Authenticate<C extends Credentials = Credentials> = (
  who: C,
) => boolean | string | PromiseLike<boolean | string>;
