import { callerContext } from '../../basics/callerContext.js';
import { type Linked, LinkedQueue } from '../../basics/LinkedQueue.js';
import type { Parts } from '../../basics/Parts.js';
import type { Socket } from '../../driver/Socket.js';
import type { Clock } from '../../time/Clock.js';
import { type TurnBudget, turnBudgetOf } from '../../time/TurnBudget.js';

/** The methods of a socket that a {@link SendQueue} needs. */
export type SendingSocket = Pick<Socket, 'write' | 'hasRoom'>;

/** The owner of a {@link SendQueue}. Each of its methods may send, withdraw and close before it returns. */
export interface SendQueueOwner<M> {
  /** Whether sending must wait although the socket may be ready: of this message, or, without one, of the next message. */
  isHeld?(message?: M): boolean;
  /** A message has become the first, and nothing holds it back. Called before each attempt. */
  begin?(message: M): void;
  /**
   * Hands a queued message to the socket, by {@link SendQueue.hand}. If the socket is full, the message stays in the queue.
   *
   * @throws if it can never be sent
   */
  hand(message: M): boolean | undefined;
  /** The socket has accepted a queued message. */
  sent(message: M): void;
  /** It cannot be sent, or it was withdrawn for this reason. */
  failed(message: M, error: unknown): void;
  /** The queue is empty. Called after each attempt, and after a caller has asked whether it is ready and got `false`. */
  idle?(): void;
}

/**
 * The only way to send to a socket, message after message: it queues messages, knows whether the socket is ready, and lets the
 * event loop have its turns. A message that can be sent at once is sent by {@link write} and {@link resume}, at no other cost;
 * a message that has to wait is queued by {@link post}.
 */
export class SendQueue<M extends Linked<M>> {
  readonly #owner: SendQueueOwner<M>;
  readonly #turn: TurnBudget;
  readonly #context = callerContext();
  readonly #waiting = new LinkedQueue<M>();
  #socket: SendingSocket | undefined;
  /** The driver reports the outcome of a message later. */
  #tellsLater = false;
  /** The socket has not refused a message since it was last ready. */
  #room = false;
  /** The socket is being handed a message. */
  #handing = false;
  /** The message that the socket has, or is being handed, and whose outcome is not known yet. */
  #tried: M | undefined;
  /** Why that message was withdrawn. */
  #withdrawn: { readonly reason: unknown } | undefined;
  /** A caller has asked whether it is ready or idle and got `false`; it is notified. */
  #asked = false;
  /** It is sending queued messages, or goes on with that in a later turn. */
  #flushing = false;

  constructor(clock: Clock, owner: SendQueueOwner<M>) {
    this.#turn = turnBudgetOf(clock);
    this.#owner = owner;
  }

  /** Sends to this socket from now on. The queue is sent once the socket is {@link writable}. */
  open(socket: SendingSocket, { tellsLater }: { readonly tellsLater: boolean }): void {
    this.#socket = socket;
    this.#tellsLater = tellsLater;
    this.#room = false;
  }

  /** The number of queued messages. */
  get size(): number {
    return this.#waiting.size;
  }

  /** The queued messages, in order. */
  get waiting(): Iterable<M> {
    return this.#waiting;
  }

  /** Whether the driver reports the outcome of messages later, so that {@link write} never sends one. */
  get tellsLater(): boolean {
    return this.#tellsLater;
  }

  /**
   * Whether one more message would be sent at once, as far as known. After `false`, {@link SendQueueOwner.idle} is called when
   * it may be.
   */
  get hasRoom(): boolean {
    this.#asked ||= this.#handing;
    if (!this.#room || this.#waiting.size > 0 || this.#owner.isHeld?.() === true) return false;
    return this.#socket?.hasRoom() === true;
  }

  /** Whether nothing is queued or being handed over. After `false`, {@link SendQueueOwner.idle} is called when that is so. */
  get isIdle(): boolean {
    this.#asked ||= this.#handing;
    return this.#waiting.size === 0 && !this.#handing;
  }

  /** Whether the next message can be handed over at once: none is queued before it, and the socket reports its outcome at once. */
  get isFree(): boolean {
    return this.#room && this.#waiting.size === 0 && !this.#tellsLater;
  }

  /** Whether the message is queued, or its outcome is not known yet. */
  has(message: M): boolean {
    return this.#waiting.has(message);
  }

  /** Whether the socket has the message, and its outcome is not known yet. */
  isTried(message: M): boolean {
    return this.#tried === message;
  }

  /**
   * Sends a message at once, without queueing it. `false`: it has to be queued, by {@link post}. `true`: {@link resume} must
   * follow, once its sender knows the outcome.
   *
   * @throws RxZmqError if it can never be sent
   */
  write(parts: Parts, owned: boolean): boolean {
    return this.isFree && this.hand(parts, owned) === true;
  }

  /**
   * Hands a message to the socket, like {@link Socket.write}. Before that returns, its consequences may arrive: a reply, free
   * space, the next message, the end of the socket. None of them is reported before the sender of this message knows its
   * outcome.
   *
   * @throws RxZmqError if it can never be sent
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
      if (outcome === 'failed') this.resume(); // its sender gets the error, and no other call
    }
  }

  /** Handles what has arrived while a message was sent by {@link write}. */
  resume(): void {
    if (this.#asked || this.#waiting.size > 0) this.flush();
  }

  /** Appends a message to the queue. Its parts must not be changed any more. */
  post(message: M): void {
    this.#waiting.push(message);
    this.flush();
  }

  /** Withdraws a message that has not been sent; it then fails with this reason. */
  withdraw(message: M, reason: unknown): void {
    if (message === this.#tried) this.#withdrawn = { reason };
    else if (this.#waiting.delete(message)) {
      this.#owner.failed(message, reason);
      this.flush();
    }
  }

  /** The socket is ready. */
  writable(): void {
    this.#room = this.#socket !== undefined;
    this.flush();
  }

  /** The outcome of the message that the socket has: sent, full, or an error. */
  tried(outcome: unknown): void {
    if (this.#tried === undefined || this.#socket === undefined) return;
    if (outcome !== false) this.#room = true;
    this.#settle(outcome);
    this.flush();
  }

  /** Sends the queued messages that may be sent, and notifies the owner when the queue is empty. */
  flush(): void {
    if (this.#flushing || this.#handing) return; // the running call goes on
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

  /** Stops sending. Returns the messages that were queued. */
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

  /** The first message, if it may be sent. */
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

  /** The outcome of the handed message is known. */
  #settle(outcome: unknown): void {
    const message = this.#tried;
    const withdrawn = this.#withdrawn;
    this.#tried = undefined;
    this.#withdrawn = undefined;
    if (message === undefined) return; // the queue was closed meanwhile
    if (outcome === false && withdrawn === undefined) return;
    this.#waiting.delete(message);
    if (outcome === true) this.#owner.sent(message);
    else this.#owner.failed(message, outcome === false ? withdrawn?.reason : outcome);
  }

  /** A socket that accepted a message, or can never accept it, has not said that it is full. */
  #keepRoom(socket: SendingSocket): void {
    if (socket === this.#socket) this.#room = true;
  }
}
