import type { Parts } from '../basics/Parts.js';
import { splitMessage } from '../dpstream/splitMessage.js';
import { isDpstream } from '../dpstream/header.js';
import { FrameError } from '../samples/FrameError.js';
import type { SocketListener } from '../driver/Socket.js';
import type { SocketSettings } from '../driver/SocketSettings.js';
import { clientUsed } from './clientMemory.js';
import type { LoadNats } from './NatsLibrary.js';
import { NatsSocket, type Up } from './NatsSocket.js';
import { isDoppler, stemOf, toMessage, type Outgoing } from './subjects.js';
import { COPIED_BELOW_BYTES } from '../memory/copiedBelow.js';
import { giveLarge } from '../memory/largeBuffers.js';

/** After this many bytes the socket asks the server whether it has them. */
const ASKED_AFTER_BYTES = 128 * 1024;
/**
 * How many bytes may be published before the server has confirmed them. With four times as many, each 32 KiB took twice as long: each
 * needs new memory, and the kernel accepts none of it at once.
 */
const MOST_BYTES = 512 * 1024;
/** The socket asks after this many ms at the latest. */
const ASKED_AFTER_MS = 100;

/**
 * PUB. The client has an unlimited buffer, so the socket asks the server from time to time whether it has received everything. The
 * socket accepts no messages while too many bytes are in flight, or while there is no connection.
 */
export class PubSocket extends NatsSocket {
  readonly #stem: string;
  /** Messages and bytes that are not confirmed, and how many of them the pending question to the server covers. */
  #messages = 0;
  #bytes = 0;
  #askedMessages = 0;
  #askedBytes = 0;
  /** Memory that was allocated for messages: it is free once the server has them. */
  #made: Uint8Array[] = [];
  #askedMade: Uint8Array[] = [];
  #asking = false;
  #cancelAsking: (() => void) | undefined;
  #refused = true;

  constructor(settings: SocketSettings, load: LoadNats, listener: SocketListener) {
    super(settings, load, listener);
    this.#stem = stemOf(this.nats, 'iq');
  }

  override write(parts: Parts, owned = false): boolean {
    if (!this.hasRoom()) return false;
    const message = toMessage(this.nats, this.#stem, parts, owned);
    const { client } = this.up!;
    const maxBytes = client.info!.max_payload;
    const { subject, data } = message;
    const cut = data.length <= maxBytes ? [data] : pieces(message, maxBytes);
    for (const piece of cut) client.publish(subject, piece);
    clientUsed('sent', data.length);
    if (isDoppler(this.nats)) this.#made.push(data);
    this.#messages += 1;
    this.#bytes += data.length;
    if (this.#bytes - this.#askedBytes >= ASKED_AFTER_BYTES) this.#ask();
    // eslint-disable-next-line no-restricted-syntax -- asks the server; no decision
    else this.#cancelAsking ??= this.settings.clock.after(ASKED_AFTER_MS, () => this.#ask());
    return true;
  }

  override hasRoom(): boolean {
    const hasRoom = this.up !== undefined && !this.closing && this.#bytes < MOST_BYTES;
    if (!hasRoom) this.#refused = true;
    return hasRoom;
  }

  protected override connected(): void {
    this.#tellRoom();
  }

  protected override disconnected(): void {
    this.#cancelAsking?.();
    this.#cancelAsking = undefined;
    if (this.#messages > 0)
      this.lost(this.#messages, 'the connection was lost before the server had said that it has it');
    this.#messages = this.#bytes = this.#askedMessages = this.#askedBytes = 0;
    this.#made = this.#askedMade = []; // the client may still use it
    this.#asking = false;
    this.confirmed();
  }

  protected override stopped(): void {
    this.#ask();
  }

  protected override get unconfirmed(): number {
    return this.#messages;
  }

  /** Asks the server whether it has received everything that was published before. */
  #ask(): void {
    this.#cancelAsking?.();
    this.#cancelAsking = undefined;
    if (this.#asking || this.#messages === 0 || this.up === undefined) return;
    const up = this.up;
    this.#asking = true;
    this.#askedMessages = this.#messages;
    this.#askedBytes = this.#bytes;
    this.#askedMade = this.#made;
    this.#made = [];
    up.client.flush().then(
      () => this.#answered(up),
      () => undefined, // the connection is lost, which is reported elsewhere
    );
  }

  #answered(up: Up): void {
    if (up !== this.up) return;
    this.#messages -= this.#askedMessages;
    this.#bytes -= this.#askedBytes;
    this.#askedMessages = this.#askedBytes = 0;
    for (const memory of this.#askedMade) if (memory.length >= COPIED_BELOW_BYTES) giveLarge(memory);
    this.#askedMade = [];
    this.#asking = false;
    if (this.#bytes >= ASKED_AFTER_BYTES || this.closing) this.#ask();
    // eslint-disable-next-line no-restricted-syntax -- asks the server; no decision
    else if (this.#messages > 0) this.#cancelAsking ??= this.settings.clock.after(ASKED_AFTER_MS, () => this.#ask());
    this.confirmed();
    this.#tellRoom();
  }

  #tellRoom(): void {
    if (!this.#refused || this.closing || this.up === undefined || this.#bytes >= MOST_BYTES) return;
    this.#refused = false;
    this.tellRoom();
  }
}

/** @throws FrameError if it cannot be split */
function pieces({ data }: Outgoing, maxBytes: number): Uint8Array[] {
  if (isDpstream(data)) return splitMessage(data, maxBytes);
  const text = `a message of ${data.length} bytes is longer than the ${maxBytes} that the server lets through`;
  throw new FrameError('length', text);
}
