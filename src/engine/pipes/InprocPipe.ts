import type { Parts } from '../../basics/Parts.js';
import { COPIED_BELOW_BYTES } from '../../memory/copiedBelow.js';
import { Queue } from '../../basics/Queue.js';
import { copyToPage } from '../../memory/pages.js';
import { takeLarge } from '../../memory/largeBuffers.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import { hasRoomAgain, isFull, type Marks } from '../pipes/marks.js';
import type { Borrow } from '../../driver/FrameCursor.js';
import type { PipeListener } from './PipeListener.js';
import { nextPipeId, type Pipe } from '../pipes/Pipe.js';
import type { StreamPipeSettings } from '../pipes/StreamPipe.js';

/** The endpoint that a pipe belongs to. */
export interface InprocOwner {
  readonly pattern: PipeListener;
  readonly pipes: StreamPipeSettings;
  /** Runs every call to another socket, one after the other. */
  readonly loop: { post(task: () => void): void };
  /** The peer broke the rules of its socket type; the two stay connected. */
  refused(pipe: InprocPipe, reason: string): void;
  /** The pattern has ended the pipe. */
  ended(pipe: InprocPipe): void;
  /** A message was handed over. */
  progress(): void;
}

/** A pipe to a socket of the same process. What one end writes is in the queue of the other at once; the loop calls the other's pattern. */
export class InprocPipe implements Pipe {
  readonly id = nextPipeId();
  readonly connects: boolean;
  readonly assignedId: Uint8Array | undefined;
  peer: PeerInfo | undefined;
  // Members that the other end uses have no private names: it may be from another copy of the package, ESM next to CommonJS.
  readonly owner: InprocOwner;
  #other: InprocPipe | undefined;
  readonly inbox = new Queue<Parts>();
  inboxBytes = 0;
  /** Messages that were written while there was no other end. */
  readonly #waiting = new Queue<Parts>();
  #waitingBytes = 0;
  #room = true;
  ended = false;

  constructor(owner: InprocOwner, connects: boolean, assignedId?: Uint8Array) {
    this.owner = owner;
    this.connects = connects;
    this.assignedId = assignedId;
  }

  get connected(): boolean {
    return this.#other !== undefined;
  }

  get writable(): boolean {
    if (!this.#room || this.ended) return false;
    return this.#other === undefined ? !this.owner.pipes.requiresPeer : !this.#other.ended;
  }

  get readable(): boolean {
    return this.inbox.size > 0;
  }

  /** Messages that no other end has received. */
  get left(): number {
    return this.#waiting.size;
  }

  write(parts: Parts, owned: boolean): void {
    const { newestOnly, released } = this.owner.pipes;
    const message = owned && !released ? parts : parts.map(copy);
    if (owned) released?.(parts); // the peer has a copy
    const other = this.#other;
    if (other) {
      if (newestOnly) other.clearInbox();
      other.push(message);
      this.owner.progress();
      if (!newestOnly && isFull(other.inbox.size, other.inboxBytes, this.#marks(other))) this.#room = false;
      return;
    }
    if (newestOnly) this.#clearWaiting();
    this.#waiting.push(message);
    this.#waitingBytes += bytesOf(message);
    if (!newestOnly && isFull(this.#waiting.size, this.#waitingBytes, this.owner.pipes.sendMarks)) this.#room = false;
  }

  read(_borrow: Borrow): Parts | undefined {
    const parts = this.inbox.shift();
    if (parts === undefined) return undefined;
    this.inboxBytes -= bytesOf(parts);
    if (this.#other) this.#other.mayWrite();
    return parts;
  }

  discard(): void {
    this.clearInbox();
    if (this.#other) this.#other.mayWrite();
  }

  subscribe(topic: Uint8Array, on: boolean): void {
    const other = this.#other;
    if (!other) return;
    const copied = topic.slice();
    this.owner.loop.post(() => other.ended || other.owner.pattern.subscription(other, copied, on));
  }

  join(group: Uint8Array, on: boolean): void {
    const other = this.#other;
    if (!other) return;
    const copied = group.slice();
    this.owner.loop.post(() => other.ended || other.owner.pattern.membership(other, copied, on));
  }

  withdraw(parts: Parts): boolean {
    const other = this.#other;
    if (take(this.#waiting, parts)) {
      this.#waitingBytes -= bytesOf(parts);
      this.#haveRoom(this.#waiting.size, this.#waitingBytes, this.owner.pipes.sendMarks);
      return true;
    }
    if (other === undefined || !take(other.inbox, parts)) return false;
    other.inboxBytes -= bytesOf(parts);
    this.mayWrite();
    return true;
  }

  refuse(reason: string): void {
    this.owner.refused(this, reason);
  }

  end(): void {
    if (!this.ended) this.owner.ended(this);
  }

  /** Connects the two ends, and hands over the messages written before. The caller reports it to the patterns afterwards. */
  link(other: InprocPipe, peer: PeerInfo): void {
    this.#other = other;
    this.peer = peer;
    for (let parts = this.#waiting.shift(); parts; parts = this.#waiting.shift()) other.push(parts);
    this.#waitingBytes = 0;
    const marks = this.#marks(other);
    this.#room = this.owner.pipes.newestOnly || !isFull(other.inbox.size, other.inboxBytes, marks);
  }

  /** Reports the other end to the pattern. */
  notifyConnected(): void {
    if (this.ended || !this.#other) return;
    const { pattern } = this.owner;
    pattern.connected(this);
    if (this.writable) pattern.writable(this);
    if (this.readable && !this.ended) pattern.readable(this);
  }

  /** The other end is gone. */
  unlink(): void {
    this.#other = undefined;
    this.#room = true;
    this.owner.loop.post(this.#tellWritable); // if the socket accepts messages without a peer
  }

  /** Accepts nothing any more. Returns how many messages no peer has received. */
  finish(): number {
    this.ended = true;
    this.#other = undefined;
    const left = this.#waiting.size;
    this.#clearWaiting();
    return left;
  }

  /** Accepts nothing more; its messages are still handed over when another end connects. */
  shut(): void {
    this.ended = true;
  }

  /** The sum of both marks; no mark if one side has none. */
  #marks(other: InprocPipe): Marks {
    const own = this.owner.pipes.sendMarks;
    const its = other.owner.pipes.receiveMarks;
    return { messages: own.messages + its.messages, bytes: own.bytes + its.bytes };
  }

  push(parts: Parts): void {
    if (this.owner.pipes.receivesNewestOnly) this.clearInbox();
    const first = this.inbox.size === 0;
    this.inbox.push(parts);
    this.inboxBytes += bytesOf(parts);
    if (first) this.owner.loop.post(this.#tellReadable);
  }

  readonly #tellReadable = (): void => {
    if (this.inbox.size > 0) this.owner.pattern.readable(this);
  };

  readonly #tellWritable = (): void => {
    if (this.writable) this.owner.pattern.writable(this);
  };

  /** The other end has less to read. */
  mayWrite(): void {
    const other = this.#other;
    if (!this.#room && other) this.#haveRoom(other.inbox.size, other.inboxBytes, this.#marks(other));
  }

  /** The queue has shrunk to that size: becomes writable again if it is small enough. */
  #haveRoom(messages: number, bytes: number, marks: Marks): void {
    if (this.#room || !hasRoomAgain(messages, bytes, marks)) return;
    this.#room = true;
    this.owner.loop.post(this.#tellWritable);
  }

  clearInbox(): void {
    this.inbox.clear();
    this.inboxBytes = 0;
  }

  #clearWaiting(): void {
    this.#waiting.clear();
    this.#waitingBytes = 0;
  }
}

function copy(part: Uint8Array): Uint8Array {
  if (part.length < COPIED_BELOW_BYTES) return copyToPage(part, 0, part.length);
  const own = takeLarge(part.length);
  own.set(part);
  return own;
}

function bytesOf(parts: Parts): number {
  let bytes = 0;
  for (const part of parts) bytes += part.length;
  return bytes;
}

function take(queue: Queue<Parts>, parts: Parts): boolean {
  let found = false;
  for (let i = queue.size; i > 0; i -= 1) {
    const message = queue.shift()!;
    if (message === parts) found = true;
    else queue.push(message);
  }
  return found;
}
