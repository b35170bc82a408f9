import type { DriverSecurity } from '../../driver/DriverSecurity.js';
import type { PeerInfo } from './PeerInfo.js';
import type { Cipher, CurvePrimitives } from './Cipher.js';

/** The settings of one side of a handshake. */
export interface HandshakeSettings {
  /** Such as `PUSH`. */
  readonly socketType: string;
  /** The routing id. REQ, DEALER and ROUTER send it, even if it is empty. */
  readonly identity: Uint8Array;
  /** Further properties of READY or INITIATE, names starting with `X-`. */
  readonly properties: ReadonlyMap<string, Uint8Array>;
  readonly security: DriverSecurity | undefined;
  /** The peer's address without its port, for `authenticate`. */
  readonly address: string;
  /** Required if `security` is CURVE. */
  readonly curve?: CurvePrimitives | undefined;
}

/** The listener of a handshake. */
export interface HandshakeListener {
  /** Bytes to be sent, in this order; the listener owns the memory. */
  send(bytes: Uint8Array): void;
  /**
   * The handshake is done: traffic follows. It begins with `early`, the bytes that `feed` accepted while the peer waited for the
   * authenticator; usually it is empty. The listener owns its memory.
   */
  done(peer: PeerInfo, cipher: Cipher | undefined, early: Uint8Array): void;
  failed(reason: string, failure: HandshakeFailure): void;
}

/** The kind of a failure. */
export interface HandshakeFailure {
  /** The peer or our own authenticator refused: the bytes passed to `send` are sent first, then the connection ends. */
  readonly refused: boolean;
  /** Authentication failed; `false`: something else, such as the metadata. */
  readonly security: boolean;
}
