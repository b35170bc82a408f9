import { utf8Text } from '../../basics/utf8.js';
import { joined } from '../../basics/bytes.js';
import type { HandshakeSettings } from './HandshakeSettings.js';
import { nothing, type Mechanism, type Step } from './Mechanism.js';
import { encodeMetadata, parseMetadata } from './metadata.js';
import { HELLO, INITIATE, READY, WELCOME, expectCommand } from './words.js';
import { ZmtpError } from './ZmtpError.js';

// ignoreBOM: a password may begin with U+FEFF

/** The server side of PLAIN, which asks its authenticator. */
export class PlainServer implements Mechanism {
  readonly #settings: HandshakeSettings;
  #admitted = false;

  constructor(settings: HandshakeSettings) {
    this.#settings = settings;
  }

  begin(): Step {
    return nothing;
  }

  receive(command: Uint8Array): Step {
    return this.#admitted ? this.#initiate(command) : this.#hello(command);
  }

  admit(): Step {
    this.#admitted = true;
    return { say: WELCOME.slice() };
  }

  #hello(command: Uint8Array): Step {
    expectCommand(HELLO, command);
    const nameAt = HELLO.length;
    const passwordAt = nameAt + 1 + (command[nameAt] ?? 0);
    const end = passwordAt + 1 + (command[passwordAt] ?? 0);
    if (command.length !== end) throw new ZmtpError(`a malformed HELLO of ${command.length} bytes`);
    const username = credential('username', command.subarray(nameAt + 1, passwordAt));
    const password = credential('password', command.subarray(passwordAt + 1, end));
    return { ask: { mechanism: 'plain', address: this.#settings.address, username, password } };
  }

  #initiate(command: Uint8Array): Step {
    expectCommand(INITIATE, command);
    const metadata = parseMetadata(command.subarray(INITIATE.length), this.#settings.socketType);
    return { say: joined(READY, encodeMetadata(this.#settings)), done: { metadata } };
  }
}

function credential(what: string, bytes: Uint8Array): string {
  try {
    return utf8Text(bytes);
  } catch {
    throw new ZmtpError(`a HELLO whose ${what} is not UTF-8`);
  }
}
