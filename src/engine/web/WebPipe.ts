import type { Parts } from '../../basics/Parts.js';
import type { Borrow } from '../../driver/FrameCursor.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import { Inbox } from '../pipes/Inbox.js';
import { hasRoomAgain, isFull, type Marks } from '../pipes/marks.js';
import { BATCH_BYTES } from '../pipes/Outbox.js';
import { nextPipeId, type Pipe, type Sharing } from '../pipes/Pipe.js';
import type { PipeListener } from '../pipes/PipeListener.js';
import type { StreamPipeSettings } from '../pipes/StreamPipe.js';
import { messageBytes, pairBytes } from './batch.js';
import type { Outgoing, PeerOutbox } from './Outgoing.js';

/** The current connection of a pipe. */
export interface WebWire {
  /** Sends the messages in the outbox, as far as the peer's window allows. */
  transmit(): void;
  /** The same, after the running task. */
  transmitSoon(): void;
  subscribe(topic: Uint8Array, on: boolean): void;
  /** Messages were read; `bytes` is their size on the wire. */
  read(messages: number, bytes: number): void;
  refuse(reason: string): void;
  /** A message was not queued, as the queue was full. */
  missed(): void;
}

/** The settings that all pipes of an endpoint share. */
export interface WebPipeSettings extends Pick<
  StreamPipeSettings,
  'newestOnly' | 'withdraws' | 'released' | 'requiresPeer'
> {
  readonly sendMarks: Marks;
  readonly outgoing: Outgoing;
}

/** A pipe over a WebSocket; on a connecting side over several, one after the other. */
export class WebPipe implements Pipe {
  readonly id = nextPipeId();
  readonly sharing?: Sharing;
  readonly connects: boolean;
  readonly assignedId: Uint8Array | undefined;
  peer: PeerInfo | undefined;
  readonly inbox = new Inbox(false);
  readonly outbox: PeerOutbox;
  readonly #settings: WebPipeSettings;
  protected readonly pattern: PipeListener;
  readonly #onEnd: () => void;
  #wire: WebWire | undefined;
  #room = true;
  #ended = false;
  /** Messages in the inbox from connections that are gone: no peer needs credit for them. */
  #stale = 0;
  /** The size on the wire of the other messages in the inbox. */
  #unreadBytes = 0;

  constructor(
    settings: WebPipeSettings,
    pattern: PipeListener,
    connects: boolean,
    onEnd: () => void,
    assignedId?: Uint8Array,
  ) {
    this.#settings = settings;
    this.pattern = pattern;
    this.connects = connects;
    this.#onEnd = onEnd;
    this.assignedId = assignedId;
    const { outgoing, newestOnly, withdraws } = settings;
    this.outbox = outgoing.outbox(newestOnly, withdraws);
    if (outgoing.sharing) this.sharing = outgoing.sharing;
  }

  get connected(): boolean {
    return this.#wire !== undefined;
  }

  get writable(): boolean {
    return this.#room && !this.#ended && (this.#wire !== undefined || !this.#settings.requiresPeer);
  }

  get readable(): boolean {
    return this.inbox.messages > 0;
  }

  write(parts: Parts, owned: boolean): void {
    this.outbox.write(parts, owned);
    if (owned) this.#settings.released?.(parts); // the outbox has a copy
    this.written();
  }

  /** Writes a message that is in memory that other pipes share. */
  share(memory: Uint8Array, start: number, bytes: number): void {
    this.outbox.share(memory, start, bytes);
    this.written();
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

  /** This wire does not have groups. */
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

  /** A connection has accepted the hello of its peer. */
  open(wire: WebWire, peer: PeerInfo, peerKeepsNewest: boolean): void {
    this.#wire = wire;
    this.peer = peer;
    this.outbox.newestOnly = this.#settings.newestOnly || peerKeepsNewest;
  }

  /** Reports the connection to the pattern, then calls `told`; both may write at once. */
  notifyConnected(told: () => void): void {
    this.pattern.connected(this);
    told();
    if (this.#settings.requiresPeer && this.writable) this.pattern.writable(this);
    if (this.outbox.messages > 0) this.#wire?.transmitSoon();
  }

  /** The connection is gone. */
  close(): void {
    this.#wire = undefined;
    this.#stale = this.inbox.messages;
    this.#unreadBytes = 0;
  }

  /** Nothing is written or received any more. Returns how many messages were not handed over. */
  finish(): number {
    this.#ended = true;
    this.close();
    const left = this.outbox.messages;
    this.outbox.clear();
    return left;
  }

  /** Accepts nothing more; queued messages are still sent. */
  shut(): void {
    this.#ended = true;
  }

  /** A message was added to the inbox; `bytes` is its size on the wire. */
  came(bytes: number): void {
    this.#unreadBytes += bytes;
  }

  /** Messages were added to the inbox, which had `before`. */
  arrived(before: number): void {
    if (before === 0 && this.inbox.messages > 0) this.pattern.readable(this);
  }

  /** Messages were removed from the outbox. */
  handedOver(): void {
    if (this.#room || !hasRoomAgain(this.outbox.messages, this.outbox.bytes, this.#settings.sendMarks)) return;
    this.#room = true;
    if (this.writable) this.pattern.writable(this);
  }

  /** A message was added to the outbox. */
  protected written(): void {
    const { outbox } = this;
    const { sendMarks } = this.#settings;
    if (outbox.bytes >= BATCH_BYTES || isFull(outbox.messages, outbox.bytes, sendMarks)) this.#wire?.transmit();
    else this.#wire?.transmitSoon();
    if (!outbox.newestOnly && isFull(outbox.messages, outbox.bytes, sendMarks)) this.#room = false;
  }
}
