import { joined } from '../../basics/bytes.js';
import type { HandshakeSettings } from './HandshakeSettings.js';
import type { Mechanism, Step } from './Mechanism.js';
import { encodeMetadata, parseMetadata } from './metadata.js';
import { READY, expectCommand } from './words.js';

/** NULL: each side sends READY. If this side has an authenticator, it sends READY only after that has accepted the peer. */
export class NullMechanism implements Mechanism {
  readonly #settings: HandshakeSettings;

  constructor(settings: HandshakeSettings) {
    this.#settings = settings;
  }

  begin(): Step {
    const { security, address } = this.#settings;
    return security === undefined ? this.admit() : { ask: { mechanism: 'null', address } };
  }

  admit(): Step {
    return { say: joined(READY, encodeMetadata(this.#settings)) };
  }

  receive(command: Uint8Array): Step {
    expectCommand(READY, command);
    return { done: { metadata: parseMetadata(command.subarray(READY.length), this.#settings.socketType) } };
  }
}
