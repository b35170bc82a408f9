import { utf8Of } from '../../basics/utf8.js';
import { joined } from '../../basics/bytes.js';
import type { HandshakeSettings } from './HandshakeSettings.js';
import { nothing, type Mechanism, type Step } from './Mechanism.js';
import { encodeMetadata, parseMetadata } from './metadata.js';
import type { PlainClient as PlainClientSecurity } from '../../driver/DriverSecurity.js';
import { HELLO, INITIATE, READY, WELCOME, expectCommand, expectExactly } from './words.js';
import { ZmtpError } from './ZmtpError.js';

const MAX_CREDENTIAL_BYTES = 255;

/** The client side of PLAIN, which sends the username and password. */
export class PlainClient implements Mechanism {
  readonly #settings: HandshakeSettings;
  readonly #security: PlainClientSecurity;
  #welcome = false;

  constructor(settings: HandshakeSettings, security: PlainClientSecurity) {
    this.#settings = settings;
    this.#security = security;
  }

  begin(): Step {
    const { username, password } = this.#security;
    return { say: joined(HELLO, ...credential('username', username), ...credential('password', password)) };
  }

  receive(command: Uint8Array): Step {
    if (this.#welcome) {
      expectCommand(READY, command);
      return { done: { metadata: parseMetadata(command.subarray(READY.length), this.#settings.socketType) } };
    }
    expectExactly(WELCOME, command, WELCOME.length);
    this.#welcome = true;
    return { say: joined(INITIATE, encodeMetadata(this.#settings)) };
  }

  admit(): Step {
    return nothing; // a client has no authenticator
  }
}

function credential(what: string, text: string): Uint8Array[] {
  const bytes = utf8Of(text);
  if (bytes.length <= MAX_CREDENTIAL_BYTES) return [Uint8Array.of(bytes.length), bytes];
  throw new ZmtpError(`our ${what} has ${bytes.length} bytes: PLAIN takes at most ${MAX_CREDENTIAL_BYTES}`);
}
