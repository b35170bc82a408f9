import type { Parts } from '../basics/Parts.js';
import type { Clock } from '../time/Clock.js';
import type { Socket } from '../driver/Socket.js';
import { type TurnBudget, turnBudgetOf } from '../time/TurnBudget.js';

/** A message that waits to be sent. */
export interface PendingSend {
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

/** Sends messages one after the other, in the order of asking; those for which there is no room wait. */
export class Sender {
  readonly #turn: TurnBudget;
  readonly #alternates: boolean;
  #socket: Socket | undefined;
  /** It does not say at once what becomes of a message. */
  #defers = false;
  readonly #waiting = new Set<PendingSend>();
  readonly #listeners = new Set<RoomListener>();
  /** The socket has not said no since it last had room. */
  #room = false;
  /** With the socket, which will say what became of it. */
  #tried: PendingSend | undefined;
  /** Why that one is not wanted any more. */
  #withdrawn: { readonly reason: unknown } | undefined;
  /** The socket is being handed a message. */
  #handing = false;
  /** Somebody has asked for room meanwhile, and is to be told of it. */
  #asked = false;
  #awaitsReply = false;
  /** Whether it did before it was handed what it has now. */
  #awaitedReply = false;
  /** At it, or it goes on in a later turn. */
  #flushing = false;
  #emptied: (() => void) | undefined;
  /** How many messages the socket has taken. */
  taken = 0;

  /** @param alternates one message, then its reply, then the next */
  constructor(clock: Clock, alternates: boolean) {
    this.#turn = turnBudgetOf(clock);
    this.#alternates = alternates;
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Whether its driver says later what became of a message, so that {@link write} never sends one. */
  get defers(): boolean {
    return this.#defers;
  }

  /** Whether one more would go out at once, as far as is known. */
  get hasRoom(): boolean {
    if (this.#handing) this.#asked = true;
    return this.#room && !this.#awaitsReply && this.#waiting.size === 0 && this.#socket?.hasRoom() === true;
  }

  /** The next one goes out when the reply to the last has come. */
  get awaitsReply(): boolean {
    return this.#awaitsReply;
  }

  /** @param defers it does not say at once what becomes of a message */
  open(socket: Socket, defers: boolean): void {
    this.#socket = socket;
    this.#defers = defers;
  }

  /**
   * Sends a message at once. `false`: it has to wait, by {@link post}.
   *
   * @throws RxZmqError where it can never be sent
   */
  write(parts: Parts, owned: boolean, isPatient: boolean): boolean {
    if (this.#waiting.size > 0 || !this.#room || this.#defers || (isPatient && this.#awaitsReply)) return false;
    return this.#hand(parts, owned) === true;
  }

  /** Goes on with what came while {@link write} sent a message: to be called once whoever sent that has been told. */
  resume(): void {
    if (this.#waiting.size === 0 && !this.#asked) return;
    this.#asked = false;
    this.#flush();
    this.#settle();
  }

  /** Puts a message at the end of those that wait; nobody else changes its parts. */
  post(pending: PendingSend): void {
    this.#waiting.add(pending);
    this.#flush();
  }

  /** Takes a message back that is not sent, which then has failed for this reason. */
  withdraw(pending: PendingSend, reason: unknown): void {
    if (pending === this.#tried) this.#withdrawn = { reason };
    else if (this.#waiting.delete(pending)) {
      pending.failed(reason);
      this.#settle();
    }
  }

  /** There is room. */
  writable(): void {
    this.#room = true;
    this.#flush();
    this.#settle();
  }

  /** What became of the message that the socket has: sent, no room for it, or an error. */
  tried(outcome: unknown): void {
    if (this.#tried === undefined) return;
    this.#handed(outcome);
    this.#settleTried(outcome);
    this.#flush();
    this.#settle();
  }

  /** The reply has come, and is about to be told: what is sent now is the next request. */
  replying(): void {
    this.#awaitsReply = false;
  }

  /** All that wanted the reply have it. */
  replied(): void {
    if (!this.#alternates) return;
    this.#flush();
    this.#settle();
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
    this.#settle();
  }

  /**
   * Nothing is sent any more.
   *
   * @param isClosed those who listen and have nothing that waits lose nothing by it, and hear of no error
   */
  fail(error: unknown, isClosed = false): void {
    this.#socket = undefined;
    this.#room = false;
    this.#tried = undefined;
    this.#emptied = undefined;
    const letters = [...this.#waiting];
    this.#waiting.clear();
    for (const pending of letters) pending.failed(error);
    this.#end(isClosed ? undefined : error);
  }

  #end(error: unknown): void {
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener.ended(error);
  }

  #flush(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    while (this.#room && this.#tried === undefined && this.#waiting.size > 0) {
      if (this.#turn.spent) {
        this.#turn.wait(this.#flushAgain);
        return;
      }
      const [pending] = this.#waiting as Iterable<PendingSend> as [PendingSend];
      if (pending.isPatient && this.#awaitsReply) break;
      this.#send(pending);
    }
    this.#flushing = false;
  }

  readonly #flushAgain = (): void => {
    this.#flushing = false;
    this.#flush();
    this.#settle();
  };

  #send(pending: PendingSend): void {
    this.#tried = pending;
    let outcome: unknown;
    try {
      outcome = this.#hand(pending.parts, true);
    } catch (error) {
      outcome = error;
    }
    if (outcome !== undefined) this.#settleTried(outcome);
  }

  /** What the socket has been handed is sent, or not. */
  #settleTried(outcome: unknown): void {
    const pending = this.#tried;
    const withdrawn = this.#withdrawn;
    this.#tried = undefined;
    this.#withdrawn = undefined;
    if (pending === undefined) return; // it has failed with the socket
    if (outcome === false) {
      if (withdrawn) this.withdraw(pending, withdrawn.reason);
      return;
    }
    this.#waiting.delete(pending);
    if (outcome === true) pending.sent();
    else pending.failed(outcome);
  }

  /**
   * Hands a message to the socket. Its reply may be read, and the socket closed, before that returns; room that comes meanwhile
   * is nobody's before whoever sends this has been told.
   *
   * @throws RxZmqError where it can never be sent
   */
  #hand(parts: Parts, owned: boolean): boolean | undefined {
    this.#handing = true;
    this.#room = false;
    this.#awaitedReply = this.#awaitsReply;
    this.#awaitsReply = this.#alternates;
    let outcome: boolean | undefined | 'failed' = 'failed';
    try {
      outcome = this.#socket?.write(parts, owned) ?? undefined;
    } finally {
      this.#handing = false;
      if (outcome !== undefined) this.#handed(outcome);
    }
    return outcome;
  }

  /** The socket has said what became of it. */
  #handed(outcome: unknown): void {
    if (outcome === true) this.taken += 1;
    else this.#awaitsReply &&= this.#awaitedReply;
    if (outcome !== false && this.#socket !== undefined) this.#room = true;
  }

  /** Tells those who want to know that there is room, in turns, as long as there is. */
  #settle(): void {
    if (this.#waiting.size > 0) return;
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
}
