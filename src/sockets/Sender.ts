import type { Linked } from '../basics/LinkedQueue.js';
import type { Parts } from '../basics/Parts.js';
import type { Clock } from '../time/Clock.js';
import { SendQueue, type SendingSocket, type SendQueueOwner } from '../endpoints/sending/SendQueue.js';

/** A message that waits to be sent. */
export interface PendingSend extends Linked<PendingSend> {
  /** Nobody changes them any more. */
  readonly parts: Parts;
  /** It waits for the reply to the one before, instead of failing. */
  readonly isPatient: boolean;
  sent(): void;
  failed(error: unknown): void;
}

/** Whoever sends as long as there is room. */
export interface RoomListener {
  room(): void;
  /** Nothing more can be sent, because of an error or, without one, because the socket was closed. */
  ended(error: unknown): void;
}

/** Sends the messages of all who send by one handle, in the order of asking; those for which there is no room wait. */
export class Sender implements SendQueueOwner<PendingSend> {
  readonly #queue: SendQueue<PendingSend>;
  readonly #alternates: boolean;
  readonly #listeners = new Set<RoomListener>();
  #awaitsReply = false;
  /** Whether it did before it was handed what it has now. */
  #awaitedReply = false;
  #emptied: (() => void) | undefined;
  /** How many messages the socket has taken. */
  taken = 0;

  /** @param traits `alternates`: one message, then its reply, then the next */
  constructor(clock: Clock, { alternates }: { readonly alternates: boolean }) {
    this.#queue = new SendQueue<PendingSend>(clock, this);
    this.#alternates = alternates;
  }

  /** How many wait. */
  get size(): number {
    return this.#queue.size;
  }

  /** Whether its driver says later what became of a message, so that {@link write} never sends one. */
  get tellsLater(): boolean {
    return this.#queue.tellsLater;
  }

  /** Whether one more would go out at once, as far as is known. */
  get hasRoom(): boolean {
    return this.#queue.hasRoom;
  }

  /** The next one goes out when the reply to the last has come. */
  get awaitsReply(): boolean {
    return this.#awaitsReply;
  }

  open(socket: SendingSocket, driver: { readonly tellsLater: boolean }): void {
    this.#queue.open(socket, driver);
  }

  /**
   * Sends a message at once. `false`: it has to wait, by {@link post}. `true`: {@link resume} is to follow.
   *
   * @throws RxZmqError where it can never be sent
   */
  write(parts: Parts, owned: boolean): boolean {
    return this.#queue.isFree && this.#hand(parts, owned) === true;
  }

  /** The same for a message that waits for the reply to the one before, where {@link write} would fail. */
  writeInTurn(parts: Parts, owned: boolean): boolean {
    return !this.#awaitsReply && this.write(parts, owned);
  }

  /** Goes on with what came while {@link write} sent a message: to be called once whoever sent that has been told. */
  resume(): void {
    this.#queue.resume();
  }

  /** Puts a message at the end of those that wait; nobody else changes its parts. */
  post(pending: PendingSend): void {
    this.#queue.post(pending);
  }

  /** Takes a message back that is not sent, which then has failed for this reason. */
  withdraw(pending: PendingSend, reason: unknown): void {
    this.#queue.withdraw(pending, reason);
  }

  /** There is room. */
  writable(): void {
    this.#queue.writable();
  }

  /** What became of the message that the socket has: sent, no room for it, or an error. */
  tried(outcome: unknown): void {
    this.#handed(outcome);
    this.#queue.tried(outcome);
  }

  /** The reply has come, and is about to be told: what is sent now is the next request. */
  replying(): void {
    this.#awaitsReply = false;
  }

  /** All that wanted the reply have it. */
  replied(): void {
    if (this.#alternates) this.#queue.flush();
  }

  listen(listener: RoomListener): void {
    this.#listeners.add(listener);
  }

  unlisten(listener: RoomListener): void {
    this.#listeners.delete(listener);
  }

  /** Sends what waits and takes nothing new from those who listen; calls back when nothing waits any more. */
  drain(emptied: () => void): void {
    this.#emptied = emptied;
    this.#end(undefined);
    if (this.#queue.size === 0) this.idle();
  }

  /** Nothing is sent any more, for this reason. */
  fail(error: unknown): void {
    this.#drop(error);
    this.#end(error);
  }

  /** The same, but those who listen and have nothing that waits lose nothing by it, and hear of no error. */
  close(error: unknown): void {
    this.#drop(error);
    this.#end(undefined);
  }

  // What its queue asks and tells.

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

  /** Tells those who want to know that there is room, in turns, as long as there is. */
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
   * Hands a message to the socket. Its reply may be read, and the socket closed, before that returns.
   *
   * @throws RxZmqError where it can never be sent
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

  /** The socket has said what became of it. */
  #handed(outcome: unknown): void {
    if (outcome === true) this.taken += 1;
    else this.#awaitsReply &&= this.#awaitedReply;
  }
}
