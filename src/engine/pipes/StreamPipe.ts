import type { Parts } from '../../basics/Parts.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import { Inbox } from './Inbox.js';
import { hasRoomAgain, isFull, type Marks } from './marks.js';
import { BATCH_BYTES, Outbox, type OutboxSettings } from './Outbox.js';
import type { Borrow } from '../../driver/FrameCursor.js';
import { nextPipeId, type Pipe } from './Pipe.js';
import type { PipeListener } from './PipeListener.js';
import { streamSharing } from './streamSharing.js';

/** The current connection of a pipe. */
export interface Wire {
  /** Sends the messages in the outbox, as far as the stream accepts them. */
  transmit(): void;
  /** The same, after the running task. */
  transmitSoon(): void;
  subscribe(topic: Uint8Array, on: boolean): void;
  join(group: Uint8Array, on: boolean): void;
  /** The inbox has space again. */
  resume(): void;
  refuse(reason: string): void;
}

/** The settings that all pipes of a socket share. */
export interface StreamPipeSettings extends OutboxSettings {
  readonly sendMarks: Marks;
  readonly receiveMarks: Marks;
  /** Only the newest message of a peer is kept. */
  readonly receivesNewestOnly: boolean;
  /** Messages are accepted only while a peer is connected. */
  readonly requiresPeer: boolean;
}

/** A pipe over a connection; on a connecting side over several, one after the other. */
export class StreamPipe implements Pipe {
  readonly id = nextPipeId();
  readonly sharing = streamSharing;
  readonly connects: boolean;
  readonly assignedId: Uint8Array | undefined;
  peer: PeerInfo | undefined;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly #settings: StreamPipeSettings;
  readonly #pattern: PipeListener;
  #wire: Wire | undefined;
  #room = true;
  /** Reading is paused until the inbox has space. */
  #inboxFull = false;
  #ended = false;
  /** Writing to the connection has failed: it only delivers what the peer has sent. */
  #muted = false;
  /** Its creator ends it. */
  readonly #onEnd: () => void;

  constructor(
    settings: StreamPipeSettings,
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
    this.inbox = new Inbox(settings.receivesNewestOnly);
    this.outbox = new Outbox(settings);
  }

  get connected(): boolean {
    return this.#wire !== undefined;
  }

  get writable(): boolean {
    return this.#room && !this.#ended && !this.#muted && (this.#wire !== undefined || !this.#settings.requiresPeer);
  }

  get readable(): boolean {
    return this.inbox.messages > 0;
  }

  write(parts: Parts, owned: boolean): void {
    this.outbox.write(parts, owned);
    this.#written();
  }

  /** Writes a message whose frames are in memory that other pipes share. */
  share(memory: Uint8Array, from: number, to: number): void {
    this.outbox.share(memory, from, to);
    this.#written();
  }

  read(borrow: Borrow): Parts | undefined {
    const parts = this.inbox.read(borrow);
    if (this.#inboxFull) this.#mayResume();
    return parts;
  }

  discard(): void {
    this.inbox.clear();
    if (this.#inboxFull) this.#mayResume();
  }

  subscribe(topic: Uint8Array, on: boolean): void {
    this.#wire?.subscribe(topic, on);
  }

  join(group: Uint8Array, on: boolean): void {
    this.#wire?.join(group, on);
  }

  withdraw(parts: Parts): boolean {
    const withdrawn = this.outbox.withdraw(parts);
    if (withdrawn) this.handedOver();
    return withdrawn;
  }

  refuse(reason: string): void {
    this.inbox.clear();
    this.#wire?.refuse(reason);
  }

  end(): void {
    if (!this.#ended) this.#onEnd();
  }

  /** A connection has completed its handshake. */
  open(wire: Wire, peer: PeerInfo): void {
    this.#wire = wire;
    this.peer = peer;
  }

  /** Reports the connection to the pattern, then calls `told`; both may write at once. */
  notifyConnected(told: () => void): void {
    this.#pattern.connected(this);
    told();
    if (this.#settings.requiresPeer && this.#room && this.#wire) this.#pattern.writable(this);
    if (this.outbox.messages > 0) this.#wire?.transmitSoon();
  }

  /** Writing to the connection has failed: accepts no messages until the connection is gone. */
  mute(): void {
    this.#muted = true;
  }

  /** The pattern knows that the connection is gone: new messages are queued for the next one. */
  unmute(): void {
    if (!this.#muted) return;
    this.#muted = false;
    if (this.writable) this.#pattern.writable(this);
  }

  /** The connection is gone. */
  close(): void {
    this.#wire = undefined;
    this.#inboxFull = false;
    this.inbox.dropOpen();
  }

  /** Nothing is written or received any more. Returns how many messages were not handed over. */
  finish(): number {
    this.#ended = true;
    this.#wire = undefined;
    const left = this.outbox.messages;
    this.outbox.clear();
    this.inbox.dropOpen();
    return left;
  }

  /** Accepts nothing more; queued messages are still sent. */
  shut(): void {
    this.#ended = true;
  }

  /** Messages were added to the inbox, which had `before`. */
  arrived(before: number): void {
    if (before === 0 && this.inbox.messages > 0) this.#pattern.readable(this);
  }

  /** Whether reading must pause; `resume` follows. */
  get inboxFull(): boolean {
    const { receivesNewestOnly, receiveMarks } = this.#settings;
    if (!receivesNewestOnly && isFull(this.inbox.messages, this.inbox.bytes, receiveMarks)) this.#inboxFull = true;
    return this.#inboxFull;
  }

  /** Messages were removed from the outbox. */
  handedOver(): void {
    if (this.#room || !hasRoomAgain(this.outbox.messages, this.outbox.bytes, this.#settings.sendMarks)) return;
    this.#room = true;
    if (this.writable) this.#pattern.writable(this);
  }

  #written(): void {
    const { outbox } = this;
    const { sendMarks, newestOnly } = this.#settings;
    const wire = this.#wire;
    if (wire !== undefined) {
      if (outbox.bytes >= BATCH_BYTES || isFull(outbox.messages, outbox.bytes, sendMarks)) wire.transmit();
      else wire.transmitSoon();
    }
    if (!newestOnly && isFull(outbox.messages, outbox.bytes, sendMarks)) this.#room = false;
  }

  #mayResume(): void {
    if (!hasRoomAgain(this.inbox.messages, this.inbox.bytes, this.#settings.receiveMarks)) return;
    this.#inboxFull = false;
    this.#wire?.resume();
  }
}
