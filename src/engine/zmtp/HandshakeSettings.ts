import type { DriverSecurity } from '../../driver/DriverSecurity.js';
import type { PeerInfo } from './PeerInfo.js';
import type { Cipher, CurvePrimitives } from './Cipher.js';

/** What a side of a handshake says and wants. */
export interface HandshakeSettings {
  /** `PUSH`. */
  readonly socketType: string;
  /** Said by REQ, DEALER and ROUTER, also when it is empty. */
  readonly identity: Uint8Array;
  /** Further properties of READY or INITIATE, names starting with `X-`. */
  readonly properties: ReadonlyMap<string, Uint8Array>;
  readonly security: DriverSecurity | undefined;
  /** The peer's address without its port, for `authenticate`. */
  readonly address: string;
  /** Needed where `security` is CURVE. */
  readonly curve?: CurvePrimitives | undefined;
}

/** Who hears from a handshake. */
export interface HandshakeListener {
  /** To be sent, in this order; the memory is the listener's. */
  send(bytes: Uint8Array): void;
  /**
   * It is done: what follows is traffic. `early` begins it: what `feed` had taken while an authenticator was asked, mostly
   * nothing. Its memory is the listener's.
   */
  done(peer: PeerInfo, cipher: Cipher | undefined, early: Uint8Array): void;
  failed(reason: string, failure: HandshakeFailure): void;
}

/** What kind of failure it was. */
export interface HandshakeFailure {
  /** The peer or our own authenticator refused: what was given to `send` is sent first, then the connection ends. */
  readonly refused: boolean;
  /** Authentication failed, and not what was said. */
  readonly security: boolean;
}
