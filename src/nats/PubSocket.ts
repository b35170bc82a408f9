import type { Parts } from '../basics/Parts.js';
import { splitMessage } from '../dpstream/splitMessage.js';
import { isDpstream } from '../dpstream/header.js';
import { FrameError } from '../samples/FrameError.js';
import type { SocketListener } from '../driver/Socket.js';
import type { SocketSettings } from '../driver/SocketSettings.js';
import type { LoadNats } from './NatsLibrary.js';
import { NatsSocket, type Up } from './NatsSocket.js';
import { isDoppler, stemOf, toMessage, type Outgoing } from './subjects.js';
import { COPIED_BELOW_BYTES } from '../memory/copiedBelow.js';
import { giveLarge } from '../memory/largeBuffers.js';

/** After so many bytes the server is asked whether it has them. */
const ASKED_AFTER_BYTES = 128 * 1024;
/**
 * So many bytes may be with the client and the server before it has said so. With four times as many each 32 KiB took twice as long:
 * memory is fresh for each, and the kernel takes none of it at once.
 */
const MOST_BYTES = 512 * 1024;
/** It is asked after so many ms at the latest. */
const ASKED_AFTER_MS = 100;

/**
 * PUB: the client keeps all that it is given, so that the server is asked from time to time whether it has it; nothing is taken while
 * too much is on its way, or while there is no connection.
 */
export class PubSocket extends NatsSocket {
  readonly #stem: string;
  /** Messages and bytes since the last asking that was answered, and those of them that came before the one that is under way. */
  #messages = 0;
  #bytes = 0;
  #askedMessages = 0;
  #askedBytes = 0;
  /** Memory of messages that was made for them: it is free once the server has them. */
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
    if (isDoppler(this.nats)) this.#made.push(data);
    this.#messages += 1;
    this.#bytes += data.length;
    if (this.#bytes - this.#askedBytes >= ASKED_AFTER_BYTES) this.#ask();
    // eslint-disable-next-line no-restricted-syntax -- asks; nothing is decided
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
    this.#made = this.#askedMade = []; // nobody knows who still has it
    this.#asking = false;
    this.confirmed();
  }

  protected override stopped(): void {
    this.#ask();
  }

  protected override get unconfirmed(): number {
    return this.#messages;
  }

  /** Asks the server whether it has all that was published before. */
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
      () => undefined, // the connection is lost: that is told
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
    // eslint-disable-next-line no-restricted-syntax -- asks; nothing is decided
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

/** @throws FrameError where it cannot be cut */
function pieces({ data }: Outgoing, maxBytes: number): Uint8Array[] {
  if (isDpstream(data)) return splitMessage(data, maxBytes);
  const text = `a message of ${data.length} bytes is longer than the ${maxBytes} that the server lets through`;
  throw new FrameError('length', text);
}
