import type { Msg, MsgHdrs } from '@nats-io/nats-core';
import type { Parts } from '../basics/Parts.js';
import { FrameError } from '../samples/FrameError.js';
import type { SocketListener } from '../driver/Socket.js';
import type { SocketSettings } from '../driver/SocketSettings.js';
import { Deadline } from '../time/Deadline.js';
import { clientUsed } from './clientMemory.js';
import type { LoadNats } from './NatsLibrary.js';
import type { Up } from './NatsSocket.js';
import { isDoppler, toMessage, type Outgoing } from './subjects.js';
import { COPIED_BELOW_BYTES } from '../memory/copiedBelow.js';
import { giveLarge } from '../memory/largeBuffers.js';
import { ensureStream } from './workQueue.js';
import { WorkSocket } from './WorkSocket.js';

/** How many messages and bytes may be in flight to the server. */
const WINDOW = 256;
const WINDOW_BYTES = 8 * 1024 * 1024;
/** After this long without a confirmation, in ms, all messages in flight are sent again. */
const ACK_MS = 5000;
const MSG_ID = 'Nats-Msg-Id';
/** At most so long are the headers of a message without its inbox. */
const HEADERS_BYTES = 64;
const NO_RESPONDERS = 503;
/** The last token of the subject of messages that are no frames, where those of frames have their sample type. */
const PLAIN_TOKEN = 'MSG';

interface Pending extends Outgoing {
  readonly parts: Parts;
  readonly owned: boolean;
  /** Whether it has an id, by which the server detects a duplicate: there is space for one. */
  readonly hasId: boolean;
  /** The server has it. */
  isStored: boolean;
  /** It was sent more than once: the client may still use its memory when one of them is confirmed. */
  again: boolean;
}

/**
 * PUSH: sends messages to a JetStream stream, several at a time and in order, and keeps them until the server has confirmed them. A
 * message that is not confirmed is sent again with all later ones; the server ignores those that it already has.
 */
export class PushSocket extends WorkSocket {
  readonly #window: number;
  readonly #stem: string;
  readonly #pending = new Map<number, Pending>();
  readonly #overdue: Deadline;
  #bytes = 0;
  #next = 0;
  #inbox: string | undefined;
  /** Those of every message: the client reads them when it publishes. */
  #headers: MsgHdrs | undefined;
  #refused = true;

  constructor(settings: SocketSettings, load: LoadNats, listener: SocketListener) {
    super(settings, load, listener);
    this.#window = Math.min(WINDOW, settings.highWaterMark || WINDOW);
    // a stream of doppler takes what has one more token
    this.#stem = this.nats.subjects === 'base' ? `${this.queue.stem}.${PLAIN_TOKEN}` : this.queue.stem;
    this.#overdue = new Deadline(settings.clock, () => this.#sendAgain());
  }

  override write(parts: Parts, owned = false): boolean {
    if (!this.hasRoom()) return false;
    const { client } = this.ready!;
    const message = toMessage(this.nats, this.#stem, parts, owned);
    const { length } = message.data;
    const most = client.info!.max_payload;
    if (length > most) {
      const text = `a message of ${length} bytes is longer than the ${most} that the server lets through, and a work queue has no chunks`;
      throw new FrameError('length', text);
    }
    this.#next += 1;
    const hasId = length + this.#inbox!.length + HEADERS_BYTES <= most;
    const { subject, data } = message;
    const pending: Pending = { subject, data, parts, owned, hasId, isStored: false, again: false };
    this.#pending.set(this.#next, pending);
    this.#bytes += length;
    if (this.#pending.size === 1) this.#overdue.set(ACK_MS);
    this.#publish(this.ready!, this.#next, pending);
    return true;
  }

  override hasRoom(): boolean {
    const hasRoom = this.#hasRoom;
    if (!hasRoom) this.#refused = true;
    return hasRoom;
  }

  protected override async prepare(up: Up): Promise<void> {
    await ensureStream(up, this.queue);
  }

  protected override start(up: Up): void {
    if (this.#inbox === undefined) {
      this.#inbox = up.library.core.createInbox();
      this.#headers = up.library.core.headers();
      up.client.subscribe(`${this.#inbox}.*`, { callback: (error, message) => this.#answered(error, message) });
    }
    this.#sendAgain();
    this.#tellRoom();
  }

  protected override disconnected(): void {
    super.disconnected();
    this.#overdue.clear();
  }

  protected override leaving(): void {
    super.leaving();
    this.#overdue.close();
  }

  protected override get unconfirmed(): number {
    return this.#pending.size;
  }

  get #hasRoom(): boolean {
    const isOpen = this.ready !== undefined && !this.closing;
    return isOpen && this.#pending.size < this.#window && this.#bytes < WINDOW_BYTES;
  }

  #publish({ client }: Up, number: number, { subject, data, hasId }: Pending): void {
    const reply = `${this.#inbox!}.${number}`;
    const headers = hasId ? this.#headers : undefined;
    headers?.set(MSG_ID, reply);
    client.publish(subject, data, headers === undefined ? { reply } : { reply, headers });
    clientUsed('sent', data.length);
  }

  /** Sends all unconfirmed messages again, in order. */
  #sendAgain(): void {
    if (this.ready === undefined || this.#pending.size === 0) return;
    for (const [number, pending] of this.#pending) {
      if (pending.isStored) continue; // it waits for one before it
      pending.again = true;
      this.#publish(this.ready, number, pending);
    }
    this.#overdue.set(ACK_MS);
  }

  #answered(error: Error | null, message: Msg): void {
    if (error !== null) return; // the connection reports it
    const number = Number(message.subject.slice(this.#inbox!.length + 1));
    const pending = this.#pending.get(number);
    if (pending === undefined || pending.isStored) return; // it was sent twice, so it is confirmed twice
    const reason = whyNot(message);
    if (reason !== undefined) {
      this.unready(reason);
      return;
    }
    pending.isStored = true;
    this.#confirmInOrder();
    if (this.#pending.size > 0) this.#overdue.set(ACK_MS);
    else this.#overdue.clear();
    this.confirmed();
    this.#tellRoom();
  }

  /** Reports the stored messages up to the first that is not. */
  #confirmInOrder(): void {
    for (const [number, { isStored, data, parts, owned, again }] of this.#pending) {
      if (!isStored) return;
      this.#pending.delete(number);
      this.#bytes -= data.length;
      this.listener.confirmed?.();
      if (isDoppler(this.nats) && data.length >= COPIED_BELOW_BYTES && !again) giveLarge(data);
      if (owned) this.listener.released?.(parts);
    }
  }

  #tellRoom(): void {
    // only below half, or each confirmation would let just one message through
    const isLow = this.#pending.size <= this.#window / 2 && this.#bytes <= WINDOW_BYTES / 2;
    if (!this.#refused || !isLow || !this.#hasRoom) return;
    this.#refused = false;
    this.tellRoom();
  }
}

/** Returns why the server has not stored a message; `undefined`: it has stored it. */
function whyNot(message: Msg): string | undefined {
  if (message.headers?.code === NO_RESPONDERS) return 'no stream takes messages there';
  const text = message.string();
  if (!text.includes('"error"')) return undefined;
  const { error } = JSON.parse(text) as { error?: { description?: string } };
  return error && (error.description ?? 'the server did not store a message');
}
