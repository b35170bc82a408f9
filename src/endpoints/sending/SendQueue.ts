import { callerContext } from '../../basics/callerContext.js';
import { type Linked, LinkedQueue } from '../../basics/LinkedQueue.js';
import type { Parts } from '../../basics/Parts.js';
import type { Socket } from '../../driver/Socket.js';
import type { Clock } from '../../time/Clock.js';
import { type TurnBudget, turnBudgetOf } from '../../time/TurnBudget.js';

/** What a {@link SendQueue} needs of a socket. */
export type SendingSocket = Pick<Socket, 'write' | 'hasRoom'>;

/** Who sends by a {@link SendQueue}. Each of its methods may send, withdraw and close before it returns. */
export interface SendQueueOwner<M> {
  /** Whether nothing may go just now although there may be room: not this message, or, without one, not the next that comes. */
  isHeld?(message?: M): boolean;
  /** A message has become the first, and nothing holds it back. Said before each attempt. */
  begin?(message: M): void;
  /**
   * Hands a message that has waited to the socket, by {@link SendQueue.hand}. A message that finds no room waits on.
   *
   * @throws where it can never be sent
   */
  hand(message: M): boolean | undefined;
  /** The socket took a message that has waited. */
  sent(message: M): void;
  /** It cannot be sent, or it was withdrawn for this reason. */
  failed(message: M, error: unknown): void;
  /** Nothing waits any more. Said after each attempt, and when somebody has asked in vain. */
  idle?(): void;
}

/**
 * All that is sent to a socket goes through one of these, message after message: it keeps what waits, knows whether there is room,
 * and leaves the event loop its turns. A message that finds room at once goes by {@link write} and {@link resume}, and costs
 * nothing but that; one that has to wait goes by {@link post}.
 */
export class SendQueue<M extends Linked<M>> {
  readonly #owner: SendQueueOwner<M>;
  readonly #turn: TurnBudget;
  readonly #context = callerContext();
  readonly #waiting = new LinkedQueue<M>();
  #socket: SendingSocket | undefined;
  /** The driver says later what became of a message. */
  #tellsLater = false;
  /** The socket has not said no since it last had room. */
  #room = false;
  /** The socket is being handed a message. */
  #handing = false;
  /** The message that the socket has, or is being handed, of which it is not known yet what becomes. */
  #tried: M | undefined;
  /** Why that one is not wanted any more. */
  #withdrawn: { readonly reason: unknown } | undefined;
  /** Somebody has asked for room or rest in vain, and hears of it. */
  #asked = false;
  /** It sends what waits, or goes on with that in a later turn. */
  #flushing = false;

  constructor(clock: Clock, owner: SendQueueOwner<M>) {
    this.#turn = turnBudgetOf(clock);
    this.#owner = owner;
  }

  /** Sends to this socket from now on. What waits goes once it has {@link writable | room}. */
  open(socket: SendingSocket, { tellsLater }: { readonly tellsLater: boolean }): void {
    this.#socket = socket;
    this.#tellsLater = tellsLater;
    this.#room = false;
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Those that wait, in their order. */
  get waiting(): Iterable<M> {
    return this.#waiting;
  }

  /** Whether the driver says later what became of a message, so that {@link write} never sends one. */
  get tellsLater(): boolean {
    return this.#tellsLater;
  }

  /** Whether one more would go out at once, as far as is known. Who is told `false` hears when it {@link SendQueueOwner.idle | may}. */
  get hasRoom(): boolean {
    this.#asked ||= this.#handing;
    if (!this.#room || this.#waiting.size > 0 || this.#owner.isHeld?.() === true) return false;
    return this.#socket?.hasRoom() === true;
  }

  /** Whether nothing waits or is being handed over. Who is told `false` hears when it is so. */
  get isIdle(): boolean {
    this.#asked ||= this.#handing;
    return this.#waiting.size === 0 && !this.#handing;
  }

  /** Whether the next message may be handed over at once: none waits before it, and the socket says at once what becomes of it. */
  get isFree(): boolean {
    return this.#room && this.#waiting.size === 0 && !this.#tellsLater;
  }

  /** Whether it has to wait for its turn, or for what becomes of it. */
  has(message: M): boolean {
    return this.#waiting.has(message);
  }

  /** Whether the socket has it, and it is not known yet what becomes of it. */
  isTried(message: M): boolean {
    return this.#tried === message;
  }

  /**
   * Sends a message at once that has not waited. `false`: it has to, by {@link post}. `true`: {@link resume} is to follow, once
   * those who sent it know.
   *
   * @throws RxZmqError where it can never be sent
   */
  write(parts: Parts, owned: boolean): boolean {
    return this.isFree && this.hand(parts, owned) === true;
  }

  /**
   * Hands a message to the socket, as {@link Socket.write} has it. What that brings about may come first: an answer, room, the next
   * message, the end of all. None of it is told before those who sent this message know what became of it.
   *
   * @throws RxZmqError where it can never be sent
   */
  hand(parts: Parts, owned: boolean): boolean | undefined {
    const socket = this.#socket;
    if (socket === undefined) return false;
    let outcome: boolean | undefined | 'failed' = 'failed';
    this.#handing = true;
    this.#room = false;
    try {
      outcome = socket.write(parts, owned);
      return outcome;
    } finally {
      this.#handing = false;
      if (outcome === true || outcome === 'failed') this.#keepRoom(socket);
      if (outcome === 'failed') this.resume(); // who sent it hears of the error, and of nothing else
    }
  }

  /** Goes on with what came while a message was sent by {@link write}. */
  resume(): void {
    if (this.#asked || this.#waiting.size > 0) this.flush();
  }

  /** Puts a message behind those that wait; nobody else changes its parts. */
  post(message: M): void {
    this.#waiting.push(message);
    this.flush();
  }

  /** Takes a message back that is not sent, which then has failed for this reason. */
  withdraw(message: M, reason: unknown): void {
    if (message === this.#tried) this.#withdrawn = { reason };
    else if (this.#waiting.delete(message)) {
      this.#owner.failed(message, reason);
      this.flush();
    }
  }

  /** There is room. */
  writable(): void {
    this.#room = this.#socket !== undefined;
    this.flush();
  }

  /** What became of the message that the socket has: sent, no room for it, or an error. */
  tried(outcome: unknown): void {
    if (this.#tried === undefined || this.#socket === undefined) return;
    if (outcome !== false) this.#room = true;
    this.#settle(outcome);
    this.flush();
  }

  /** Sends what waits and may go, and tells when nothing waits any more. */
  flush(): void {
    if (this.#flushing || this.#handing) return; // who does either goes on
    this.#flushing = true;
    this.#asked = false;
    for (let message = this.#next(); message !== undefined; message = this.#next()) {
      this.#send(message);
      if (this.#waiting.size > 0 && this.#turn.spent) {
        this.#turn.wait(this.#flushAgain);
        return;
      }
    }
    this.#flushing = false;
    if (this.#waiting.size === 0 && this.#socket !== undefined) this.#owner.idle?.();
  }

  /** Nothing is sent any more. Gives what has waited. */
  close(): M[] {
    this.#socket = undefined;
    this.#room = false;
    this.#tried = undefined;
    this.#withdrawn = undefined;
    return this.#waiting.clear();
  }

  readonly #flushAgain = (): void => {
    this.#flushing = false;
    this.#context.runInAsyncScope(() => this.flush());
  };

  /** The first, if it may go. */
  #next(): M | undefined {
    let { first } = this.#waiting;
    while (first !== undefined && this.#tried === undefined && this.#owner.isHeld?.(first) !== true) {
      this.#owner.begin?.(first);
      if (first === this.#waiting.first) return this.#room ? first : undefined;
      first = this.#waiting.first;
    }
    return undefined;
  }

  #send(message: M): void {
    this.#tried = message;
    let outcome: unknown;
    try {
      outcome = this.#owner.hand(message);
    } catch (error) {
      outcome = error;
    }
    if (outcome !== undefined) this.#settle(outcome);
  }

  /** It is known what became of the message that the socket was handed. */
  #settle(outcome: unknown): void {
    const message = this.#tried;
    const withdrawn = this.#withdrawn;
    this.#tried = undefined;
    this.#withdrawn = undefined;
    if (message === undefined) return; // it was closed meanwhile
    if (outcome === false && withdrawn === undefined) return;
    this.#waiting.delete(message);
    if (outcome === true) this.#owner.sent(message);
    else this.#owner.failed(message, outcome === false ? withdrawn?.reason : outcome);
  }

  /** A socket that took a message, or never can, has not said that it has no room. */
  #keepRoom(socket: SendingSocket): void {
    if (socket === this.#socket) this.#room = true;
  }
}
