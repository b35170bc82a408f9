import type { Parts } from '../../basics/Parts.js';
import type { Borrow } from '../../driver/FrameCursor.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import { Inbox } from '../pipes/Inbox.js';
import { hasRoomAgain, isFull, type Marks } from '../pipes/marks.js';
import { BATCH_BYTES } from '../pipes/Outbox.js';
import { nextPipeId, type Pipe } from '../pipes/Pipe.js';
import type { PipeListener } from '../pipes/PipeListener.js';
import type { StreamPipeSettings } from '../pipes/StreamPipe.js';
import { messageBytes, pairBytes } from './batch.js';
import type { WebBudget, WebDebtor } from './WebBudget.js';
import { WebOutbox } from './WebOutbox.js';
import { webSharing } from './webSharing.js';

/** The connection that a pipe has at the moment. */
export interface WebWire {
  /** Sends what stands in the outbox, as far as the peer's window goes. */
  transmit(): void;
  /** The same, once the caller is done. */
  transmitSoon(): void;
  subscribe(topic: Uint8Array, on: boolean): void;
  /** Messages were read which take so many bytes on the wire. */
  read(messages: number, bytes: number): void;
  refuse(reason: string): void;
  /** A message was not queued for want of room. */
  missed(): void;
}

/** What pipes of one endpoint share. */
export interface WebPipeSettings extends Pick<
  StreamPipeSettings,
  'newestOnly' | 'withdraws' | 'released' | 'requiresPeer'
> {
  readonly sendMarks: Marks;
  /** What all clients of a gateway may keep waiting. */
  readonly budget?: WebBudget | undefined;
}

/** A pipe over WebSockets, one after the other on a connecting side. */
export class WebPipe implements Pipe, WebDebtor {
  readonly id = nextPipeId();
  readonly sharing = webSharing;
  readonly connects: boolean;
  readonly assignedId: Uint8Array | undefined;
  peer: PeerInfo | undefined;
  readonly inbox = new Inbox(false);
  readonly outbox: WebOutbox;
  readonly #settings: WebPipeSettings;
  readonly #pattern: PipeListener;
  readonly #onEnd: () => void;
  #wire: WebWire | undefined;
  #room = true;
  #ended = false;
  /** Messages in the inbox of connections that are gone: nobody wants to hear that they were read. */
  #stale = 0;
  /** What the others in the inbox take on the wire. */
  #unreadBytes = 0;
  /** What the budget knows of. */
  #counted = 0;

  constructor(
    settings: WebPipeSettings,
    pattern: PipeListener,
    connects: boolean,
    onEnd: () => void,
    assignedId?: Uint8Array,
  ) {
    this.#settings = settings;
    this.#pattern = pattern;
    this.connects = connects;
    this.#onEnd = onEnd;
    this.assignedId = assignedId;
    this.outbox = new WebOutbox(settings.newestOnly, settings.withdraws);
    settings.budget?.join(this);
  }

  get connected(): boolean {
    return this.#wire !== undefined;
  }

  get writable(): boolean {
    if (!this.#room || this.#ended || (this.#wire === undefined && this.#settings.requiresPeer)) return false;
    return this.#settings.budget?.hasRoomFor(this) ?? true;
  }

  get readable(): boolean {
    return this.inbox.messages > 0;
  }

  get waitingBytes(): number {
    return this.outbox.bytes;
  }

  write(parts: Parts, owned: boolean): void {
    this.outbox.write(parts, owned);
    if (owned) this.#settings.released?.(parts); // it is copied
    this.#written();
  }

  /** Writes a message that stands in memory which others share. */
  share(memory: Uint8Array, start: number, bytes: number): void {
    this.outbox.share(memory, start, bytes);
    this.#written();
  }

  missed(): void {
    this.#wire?.missed();
  }

  read(borrow: Borrow): Parts | undefined {
    const parts = this.inbox.read(borrow);
    if (parts === undefined) return undefined;
    if (this.#stale > 0) this.#stale -= 1;
    else {
      const isPair = typeof borrow === 'object' && parts === borrow.parts;
      const bytes = isPair ? pairBytes(borrow.headerLength, borrow.payloadLength) : messageBytes(parts);
      this.#unreadBytes -= bytes;
      this.#wire?.read(1, bytes);
    }
    return parts;
  }

  discard(): void {
    const messages = this.inbox.messages - this.#stale;
    const bytes = this.#unreadBytes;
    this.inbox.clear();
    this.#stale = 0;
    this.#unreadBytes = 0;
    if (messages > 0) this.#wire?.read(messages, bytes);
  }

  subscribe(topic: Uint8Array, on: boolean): void {
    this.#wire?.subscribe(topic, on);
  }

  /** Groups are not on this wire. */
  join(): void {}

  withdraw(parts: Parts): boolean {
    const withdrawn = this.outbox.withdraw(parts);
    if (withdrawn) this.handedOver();
    return withdrawn;
  }

  refuse(reason: string): void {
    this.inbox.clear();
    this.#stale = 0;
    this.#unreadBytes = 0;
    this.#wire?.refuse(reason);
  }

  end(): void {
    if (!this.#ended) this.#onEnd();
  }

  /** A connection is there, its hello taken. */
  open(wire: WebWire, peer: PeerInfo, peerKeepsNewest: boolean): void {
    this.#wire = wire;
    this.peer = peer;
    this.outbox.newestOnly = this.#settings.newestOnly || peerKeepsNewest;
  }

  /** Says so to the pattern, then to `told`, who may both write at once. */
  notifyConnected(told: () => void): void {
    this.#pattern.connected(this);
    told();
    if (this.#settings.requiresPeer && this.writable) this.#pattern.writable(this);
    if (this.outbox.messages > 0) this.#wire?.transmitSoon();
  }

  /** The connection is gone. */
  close(): void {
    this.#wire = undefined;
    this.#stale = this.inbox.messages;
    this.#unreadBytes = 0;
  }

  /** Nothing is written any more, and nothing comes. Gives how many messages were not handed over. */
  finish(): number {
    this.#ended = true;
    this.close();
    const left = this.outbox.messages;
    this.outbox.clear();
    this.#account();
    this.#settings.budget?.leave(this);
    return left;
  }

  /** Takes nothing more; what it has is still sent. */
  shut(): void {
    this.#ended = true;
  }

  /** A message that takes so many bytes on the wire is in the inbox. */
  came(bytes: number): void {
    this.#unreadBytes += bytes;
  }

  /** Messages were put into the inbox, where there were `before`. */
  arrived(before: number): void {
    if (before === 0 && this.inbox.messages > 0) this.#pattern.readable(this);
  }

  /** Messages were taken out of the outbox. */
  handedOver(): void {
    this.#account();
    if (this.#room || !hasRoomAgain(this.outbox.messages, this.outbox.bytes, this.#settings.sendMarks)) return;
    this.#room = true;
    if (this.writable) this.#pattern.writable(this);
  }

  /** The budget has room again. */
  roomAgain(): void {
    if (this.writable) this.#pattern.writable(this);
  }

  #written(): void {
    const { outbox } = this;
    const { sendMarks } = this.#settings;
    this.#account();
    if (outbox.bytes >= BATCH_BYTES || isFull(outbox.messages, outbox.bytes, sendMarks)) this.#wire?.transmit();
    else this.#wire?.transmitSoon();
    if (!outbox.newestOnly && isFull(outbox.messages, outbox.bytes, sendMarks)) this.#room = false;
  }

  #account(): void {
    const { budget } = this.#settings;
    if (budget === undefined) return;
    const more = this.outbox.bytes - this.#counted;
    this.#counted += more;
    if (more !== 0) budget.add(more);
  }
}
