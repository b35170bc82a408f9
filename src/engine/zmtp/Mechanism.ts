import type { Cipher } from './Cipher.js';
import type { Metadata } from './metadata.js';
import type { Credentials } from '../../driver/DriverSecurity.js';

/** What a handshake does next. Where several are given: first `say`, then the others. */
export interface Step {
  /** The body of a command for the peer. */
  readonly say?: Uint8Array;
  /** Someone to be let in or not; `admit` goes on where they are. Until then no command is handed over. */
  readonly ask?: Credentials;
  /** The handshake is done. */
  readonly done?: { readonly metadata: Metadata; readonly cipher?: Cipher };
}

/**
 * One side of a security mechanism, from the end of the greetings to traffic. Any method throws a ZmtpError where the
 * peer broke the protocol, or our settings cannot be said. ERROR is seen to elsewhere: it is the same for all.
 */
export interface Mechanism {
  begin(): Step;
  /** A command came; its memory is used again afterwards. */
  receive(command: Uint8Array): Step;
  /** The answer to `ask` is yes. */
  admit(): Step;
}

/** There is nothing to do until the peer speaks. */
export const nothing: Step = {};
