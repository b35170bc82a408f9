import type { Linked } from '../basics/LinkedQueue.js';
import type { Parts } from '../basics/Parts.js';
import type { Clock } from '../time/Clock.js';
import { SendQueue, type SendingSocket, type SendQueueOwner } from '../endpoints/sending/SendQueue.js';

/** A queued message. */
export interface PendingSend extends Linked<PendingSend> {
  /** Must not be changed any more. */
  readonly parts: Parts;
  /** It waits for the reply to the message before, instead of failing. */
  readonly isPatient: boolean;
  sent(): void;
  failed(error: unknown): void;
}

/** A sender that sends as long as the socket is ready. */
export interface RoomListener {
  room(): void;
  /** Nothing more can be sent: because of this error or, without one, because the socket was closed. */
  ended(error: unknown): void;
}

/** Sends the messages of all senders of one handle, in the order of the calls, and queues them while the socket is not ready. */
export class Sender implements SendQueueOwner<PendingSend> {
  readonly #queue: SendQueue<PendingSend>;
  readonly #alternates: boolean;
  readonly #listeners = new Set<RoomListener>();
  #awaitsReply = false;
  /** The same before the socket was handed its present message. */
  #awaitedReply = false;
  #emptied: (() => void) | undefined;
  /** How many messages the socket has accepted. */
  taken = 0;

  /** @param traits `alternates`: one message, then its reply, then the next */
  constructor(clock: Clock, { alternates }: { readonly alternates: boolean }) {
    this.#queue = new SendQueue<PendingSend>(clock, this);
    this.#alternates = alternates;
  }

  /** The number of queued messages. */
  get size(): number {
    return this.#queue.size;
  }

  /** Whether the driver reports the outcome of messages later, so that {@link write} never sends one. */
  get tellsLater(): boolean {
    return this.#queue.tellsLater;
  }

  /** Whether one more message would be sent at once, as far as known. */
  get hasRoom(): boolean {
    return this.#queue.hasRoom;
  }

  /** The next message is sent when the reply to the last has arrived. */
  get awaitsReply(): boolean {
    return this.#awaitsReply;
  }

  open(socket: SendingSocket, driver: { readonly tellsLater: boolean }): void {
    this.#queue.open(socket, driver);
  }

  /**
   * Sends a message at once. `false`: it has to be queued, by {@link post}. `true`: {@link resume} must follow.
   *
   * @throws RxZmqError if it can never be sent
   */
  write(parts: Parts, owned: boolean): boolean {
    return this.#queue.isFree && this.#hand(parts, owned) === true;
  }

  /** The same for a message that waits for the reply to the one before, where {@link write} would fail. */
  writeInTurn(parts: Parts, owned: boolean): boolean {
    return !this.#awaitsReply && this.write(parts, owned);
  }

  /** Handles what has arrived while {@link write} sent a message. Call it after the sender of that message has its outcome. */
  resume(): void {
    this.#queue.resume();
  }

  /** Appends a message to the queue. Its parts must not be changed any more. */
  post(pending: PendingSend): void {
    this.#queue.post(pending);
  }

  /** Withdraws a message that has not been sent; it then fails with this reason. */
  withdraw(pending: PendingSend, reason: unknown): void {
    this.#queue.withdraw(pending, reason);
  }

  /** The socket is ready. */
  writable(): void {
    this.#queue.writable();
  }

  /** The outcome of the message that the socket has: sent, full, or an error. */
  tried(outcome: unknown): void {
    this.#handed(outcome);
    this.#queue.tried(outcome);
  }

  /** The reply has arrived, and is about to be emitted: a message that is sent now is the next request. */
  replying(): void {
    this.#awaitsReply = false;
  }

  /** All subscribers have the reply. */
  replied(): void {
    if (this.#alternates) this.#queue.flush();
  }

  listen(listener: RoomListener): void {
    this.#listeners.add(listener);
  }

  unlisten(listener: RoomListener): void {
    this.#listeners.delete(listener);
  }

  /** Sends the queue, and accepts nothing new from the listeners; calls back when the queue is empty. */
  drain(emptied: () => void): void {
    this.#emptied = emptied;
    this.#end(undefined);
    if (this.#queue.size === 0) this.idle();
  }

  /** Sending has ended, for this reason. */
  fail(error: unknown): void {
    this.#drop(error);
    this.#end(error);
  }

  /** The same, but listeners that have nothing queued lose nothing, and get no error. */
  close(error: unknown): void {
    this.#drop(error);
    this.#end(undefined);
  }

  // The callbacks of its queue.

  isHeld(pending?: PendingSend): boolean {
    return this.#awaitsReply && pending?.isPatient !== false;
  }

  hand({ parts }: PendingSend): boolean | undefined {
    return this.#hand(parts, true);
  }

  sent(pending: PendingSend): void {
    pending.sent();
  }

  failed(pending: PendingSend, error: unknown): void {
    pending.failed(error);
  }

  /** Notifies the listeners in turn that the socket is ready, as long as it is. */
  idle(): void {
    const emptied = this.#emptied;
    this.#emptied = undefined;
    emptied?.();
    for (let left = this.#listeners.size; left > 0 && this.#listeners.size > 0 && this.hasRoom; left -= 1) {
      const [listener] = this.#listeners as Iterable<RoomListener> as [RoomListener];
      this.#listeners.delete(listener);
      this.#listeners.add(listener);
      listener.room();
    }
  }

  #drop(error: unknown): void {
    this.#emptied = undefined;
    for (const pending of this.#queue.close()) pending.failed(error);
  }

  #end(error: unknown): void {
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener.ended(error);
  }

  /**
   * Hands a message to the socket. Before that returns, the reply may be read, and the socket closed.
   *
   * @throws RxZmqError if it can never be sent
   */
  #hand(parts: Parts, owned: boolean): boolean | undefined {
    this.#awaitedReply = this.#awaitsReply;
    this.#awaitsReply = this.#alternates;
    let outcome: boolean | undefined | 'failed' = 'failed';
    try {
      outcome = this.#queue.hand(parts, owned);
      return outcome;
    } finally {
      if (outcome !== undefined) this.#handed(outcome);
    }
  }

  /** The socket has reported the outcome. */
  #handed(outcome: unknown): void {
    if (outcome === true) this.taken += 1;
    else this.#awaitsReply &&= this.#awaitedReply;
  }
}
