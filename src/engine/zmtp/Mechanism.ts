import type { Cipher } from './Cipher.js';
import type { Metadata } from './metadata.js';
import type { Credentials } from '../../driver/DriverSecurity.js';

/** The next step of a handshake. If there are several fields, `say` comes first. */
export interface Step {
  /** The body of a command for the peer. */
  readonly say?: Uint8Array;
  /** Credentials for the authenticator; if it accepts them, `admit` continues. Until then no command is passed on. */
  readonly ask?: Credentials;
  /** The handshake is done. */
  readonly done?: { readonly metadata: Metadata; readonly cipher?: Cipher };
}

/**
 * One side of a security mechanism, from the end of the greetings to traffic. Each method throws a ZmtpError if the peer broke the
 * protocol, or if our settings cannot be encoded. ERROR is handled elsewhere: it is the same for all mechanisms.
 */
export interface Mechanism {
  begin(): Step;
  /** A command has arrived; its memory is used again afterwards. */
  receive(command: Uint8Array): Step;
  /** The authenticator has accepted the credentials in `ask`. */
  admit(): Step;
}

/** Nothing to do until the peer sends something. */
export const nothing: Step = {};
