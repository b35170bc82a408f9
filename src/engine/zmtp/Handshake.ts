import { joined, sameBytes, startsWith } from '../../basics/bytes.js';
import { ascii } from './ascii.js';
import { askAuthenticator } from '../../driver/askAuthenticator.js';
import type { Cipher } from './Cipher.js';
import { Collector } from './Collector.js';
import { encodeError } from './commands.js';
import { createMechanism } from './createMechanism.js';
import { COMMAND, LONG } from './flags.js';
import { errorReason } from './errorReason.js';
import { frameOf } from './frameOf.js';
import {
  GREETING_BYTES,
  REVISION_2_0,
  REVISION_3,
  REVISION_BYTES,
  SIGNATURE_BYTES,
  greetingMechanism,
  greetingRest,
  greetingVersion,
  isVersioned,
  signature,
} from './greeting.js';
import type { HandshakeFailure, HandshakeListener, HandshakeSettings } from './HandshakeSettings.js';
import type { Mechanism, Step } from './Mechanism.js';
import type { Metadata } from './metadata.js';
import { MetadataError } from './MetadataError.js';
import type { PeerInfo } from './PeerInfo.js';
import { quote } from './quote.js';
import type { Credentials } from '../../driver/DriverSecurity.js';
import { socketTypeName, socketTypeNumber } from './socketTypes.js';
import { talkTo } from './talkTo.js';
import { ERROR, LIBZMQ_PLAIN_ERROR } from './words.js';
import { MAX_HEADER_BYTES } from './writeHeader.js';

/** The longest command of a handshake, and how many bytes are kept while a peer waits for the authenticator. */
export const MAX_HANDSHAKE_BYTES = 65_536;
/** The reason in libzmq's ERROR when its own authenticator refuses a peer. */
const DENIED = '400';
const SHORT_HEADER_BYTES = 2;
const NO_BYTES = new Uint8Array(0);

/** The kind of unit whose bytes are being collected. */
type Unit = 'signature' | 'revision' | 'greeting' | 'type' | 'header' | 'body';

/**
 * One side of the handshake of a connection, from its first byte until messages may be sent: greeting, fallback to older versions,
 * security mechanism, metadata. The result does not depend on how the peer's bytes are split, except for how many of them the reason
 * of a failure quotes.
 */
export class Handshake {
  readonly #settings: HandshakeSettings;
  readonly #listener: HandshakeListener;
  #state: 'reading' | 'asking' | 'over' = 'reading';
  #version: PeerInfo['version'] = 3.1;
  #mechanism: Mechanism | undefined;
  #socketType = ''; // from a greeting of ZMTP 2.0
  #userId: string | undefined;

  #unit: Unit = 'signature';
  readonly #units = new Collector(SIGNATURE_BYTES);
  /** Bytes that arrived while the peer waited for the authenticator; `undefined`: none. */
  #held: Collector | undefined;
  /** How many of them have been read since. */
  #heldRead = 0;

  constructor(settings: HandshakeSettings, listener: HandshakeListener) {
    this.#settings = settings;
    this.#listener = listener;
  }

  /** Sends the first bytes. */
  begin(): void {
    this.#send(signature(this.#settings.identity));
  }

  /**
   * Reads bytes of the peer and returns how many: all, unless the handshake is over; the rest is traffic. The memory is not kept.
   */
  feed(bytes: Uint8Array): number {
    let at = 0;
    while (at < bytes.length && this.#state === 'reading') {
      const count = this.#units.collect(bytes, at);
      at += count;
      if (this.#held !== undefined) this.#heldRead = at;
      if (this.#unit === 'signature' && !isVersioned(this.#units.bytes)) this.#failUnversioned(bytes.subarray(at));
      else if (this.#units.whole) this.#take(this.#units.bytes);
    }
    if (this.#state !== 'asking') return at;
    this.#hold(bytes.subarray(at));
    return bytes.length;
  }

  /**
   * The open question of security, which may be why a peer ends the connection or goes silent: which mechanism it has, the proof of
   * the mechanism, or the answer of our own authenticator.
   */
  get unsettled(): 'mechanism' | 'proof' | 'answer' | undefined {
    if (this.#state === 'over') return undefined;
    if (this.#state === 'asking') return 'answer';
    if (this.#unit === 'greeting') return 'mechanism';
    return this.#mechanism !== undefined && this.#mechanismName !== 'NULL' ? 'proof' : undefined;
  }

  /** The connection is gone: the listener is not called any more. */
  close(): void {
    this.#state = 'over';
    this.#mechanism = undefined;
    this.#units.release();
    this.#held = undefined;
  }

  #failUnversioned(rest: Uint8Array): void {
    this.#fail(`the peer speaks no ZMTP from 2.0 up: it began with ${quote(joined(this.#units.bytes, rest))}`);
  }

  /** A unit is complete. */
  #take(unit: Uint8Array): void {
    switch (this.#unit) {
      case 'signature':
        this.#expectMore('revision', REVISION_BYTES);
        return this.#send(Uint8Array.of(REVISION_3));
      case 'revision':
        return this.#takeRevision(unit[REVISION_BYTES - 1]!);
      case 'greeting':
        return this.#takeGreeting(unit);
      case 'type':
        return this.#takeType(unit[0]!);
      case 'header':
        return this.#takeHeader(unit);
      case 'body':
        return this.#takeBody(unit);
    }
  }

  /** The next unit contains the current one and more bytes. */
  #expectMore(unit: Unit, bytes: number): void {
    this.#unit = unit;
    this.#units.want(bytes);
  }

  #expect(unit: Unit, bytes: number): void {
    this.#unit = unit;
    this.#units.restart(bytes);
  }

  #takeRevision(revision: number): void {
    if (revision === 0) return this.#fail('the peer speaks ZMTP 1.0: 2.0 is the least');
    if (revision === REVISION_2_0) return this.#fallBack();
    this.#expectMore('greeting', GREETING_BYTES);
    this.#send(greetingRest(this.#mechanismName));
  }

  /** ZMTP 2.0: the greeting ends with the socket type, and only a frame with the identity precedes the messages. */
  #fallBack(): void {
    const { security, socketType, identity } = this.#settings;
    if (security !== undefined) {
      return this.#fail(`the peer speaks ZMTP 2.0, which has no security: ours is ${this.#mechanismName}`, {
        security: true,
      });
    }
    const type = socketTypeNumber(socketType);
    if (type === undefined) return this.#fail(`the peer speaks ZMTP 2.0, which has no ${socketType} sockets`);
    this.#version = 2;
    this.#expect('type', 1);
    this.#send(joined(Uint8Array.of(type), frameOf(0, identity)));
  }

  #takeType(number: number): void {
    const own = this.#settings.socketType;
    const name = socketTypeName(number);
    if (name === undefined) return this.#fail(`the peer's socket type has the number ${number}, which is none`);
    if (!talkTo(own, name)) return this.#fail(`a ${own} socket does not talk to one of type '${name}'`);
    this.#socketType = name;
    this.#expect('header', SHORT_HEADER_BYTES);
  }

  get #mechanismName(): string {
    return (this.#settings.security?.mechanism ?? 'null').toUpperCase();
  }

  #takeGreeting(greeting: Uint8Array): void {
    const theirs = greetingMechanism(greeting);
    if (!sameBytes(theirs, ascii(this.#mechanismName))) {
      return this.#fail(`the peer's security is ${quote(theirs)}, ours is ${this.#mechanismName}`, { security: true });
    }
    this.#version = greetingVersion(greeting);
    this.#expect('header', SHORT_HEADER_BYTES);
    this.#advance(() => {
      this.#mechanism = createMechanism(this.#settings);
      return this.#mechanism.begin();
    });
  }

  // Flags other than LONG are ignored: libzmq neither requires COMMAND here nor forbids MORE.
  #takeHeader(header: Uint8Array): void {
    const long = (header[0]! & LONG) !== 0;
    if (long && header.length < MAX_HEADER_BYTES) return this.#expectMore('header', MAX_HEADER_BYTES);
    const length = long ? longLength(header) : header[1]!;
    if (length > MAX_HANDSHAKE_BYTES) {
      return this.#fail(`a handshake command of ${length} bytes: at most ${MAX_HANDSHAKE_BYTES}`);
    }
    this.#expect('body', length);
    if (length === 0) this.#takeBody(NO_BYTES);
  }

  #takeBody(body: Uint8Array): void {
    this.#expect('header', SHORT_HEADER_BYTES);
    if (this.#version === 2) {
      return this.#finish({ socketType: this.#socketType, identity: body.slice(), properties: new Map() }, undefined);
    }
    const word = this.#errorWord(body);
    if (word !== undefined) return this.#takeError(body, word);
    this.#advance(() => this.#mechanism!.receive(body));
  }

  #errorWord(body: Uint8Array): Uint8Array | undefined {
    if (startsWith(body, ERROR)) return ERROR;
    const plain = this.#settings.security?.mechanism === 'plain';
    return plain && startsWith(body, LIBZMQ_PLAIN_ERROR) ? LIBZMQ_PLAIN_ERROR : undefined;
  }

  #takeError(body: Uint8Array, word: Uint8Array): void {
    const reason = errorReason(body, word.length);
    if (reason === undefined) return this.#fail(`a malformed ERROR of ${body.length} bytes`);
    this.#fail(`the peer refused us: ${quote(reason)}`, { refused: true, security: true });
  }

  #advance(next: () => Step): void {
    let step: Step;
    try {
      step = next();
    } catch (error) {
      // Any error: the bytes of a peer must not end more than its connection.
      const security = this.#mechanismName !== 'NULL' && !(error instanceof MetadataError);
      return this.#fail(error instanceof Error ? error.message : String(error), { security });
    }
    if (step.say !== undefined) this.#send(frameOf(COMMAND, step.say));
    if (this.#state === 'over') return; // the listener of `send` has closed it
    if (step.ask !== undefined) this.#ask(step.ask);
    else if (step.done !== undefined) this.#finish(step.done.metadata, step.done.cipher);
  }

  #ask(who: Credentials): void {
    const { security } = this.#settings;
    if (security === undefined || !('authenticate' in security) || security.authenticate === undefined) {
      return this.#fail('there is no authenticate function to accept the peer', { security: true });
    }
    this.#state = 'asking';
    askAuthenticator(security.authenticate, who, {
      admit: (userId) => this.#admit(userId),
      deny: (reason) => this.#deny(reason),
    });
  }

  #admit(userId: string | undefined): void {
    if (this.#state !== 'asking') return; // closed in the meantime
    this.#state = 'reading';
    this.#userId = userId;
    this.#advance(() => this.#mechanism!.admit());
    if (this.#held !== undefined) this.feed(this.#held.bytes);
    this.#held = undefined;
  }

  #deny(reason: string): void {
    if (this.#state !== 'asking') return;
    this.#send(frameOf(COMMAND, encodeError(DENIED)));
    this.#fail(reason, { refused: true, security: true });
  }

  #hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#held ??= new Collector(MAX_HANDSHAKE_BYTES);
    if (this.#held.collect(bytes, 0) < bytes.length) {
      this.#fail(`the peer sent more than ${MAX_HANDSHAKE_BYTES} bytes before it was accepted`);
    }
  }

  #send(bytes: Uint8Array): void {
    if (this.#state !== 'over') this.#listener.send(bytes);
  }

  #finish({ socketType, identity, properties }: Metadata, cipher: Cipher | undefined): void {
    const peer = { version: this.#version, socketType, identity, properties, userId: this.#userId };
    const early = this.#held?.bytes.subarray(this.#heldRead) ?? NO_BYTES;
    this.close();
    this.#listener.done(peer, cipher, early);
  }

  #fail(reason: string, { refused = false, security = false }: Partial<HandshakeFailure> = {}): void {
    if (this.#state === 'over') return;
    this.close();
    this.#listener.failed(reason, { refused, security });
  }
}

function longLength(header: Uint8Array): number {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  return view.getUint32(1) * 0x100000000 + view.getUint32(5);
}
