import type { Parts } from '../../basics/Parts.js';
import type { Demand } from '../../demand/types.js';
import { type RxZmqError, SocketError } from '../../errors.js';
import { sameBytes } from '../../basics/bytes.js';
import { callerContext } from '../../basics/callerContext.js';
import type { Clock } from '../../time/Clock.js';
import { readLoop } from '../../endpoints/receiving/readLoop.js';
import type { Leftover } from '../../driver/Socket.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import { statusReporter } from '../../endpoints/status/statusReporter.js';
import type { WriterSettings } from '../config/writerSettings.js';
import { OK } from '../socket/Acknowledgements.js';
import { Deadline } from '../../time/Deadline.js';
import { SendQueue, type SendQueueOwner } from '../../endpoints/sending/SendQueue.js';
import { SavantSocket } from '../socket/SavantSocket.js';
import { AckCount } from './AckCount.js';
import type { PendingMessage } from './PendingMessage.js';
import { RequestEnvelope } from './RequestEnvelope.js';
import type { WriterResult } from './WriterResult.js';

/** The listener of a {@link WriterChannel}. */
export interface WriterChannelListener {
  /** The demand of the consumer of the pipeline. */
  readonly below?: Demand | undefined;
  /** Nothing is queued and no message is pending: the next one may be accepted. */
  idle(): void;
  /** Called after the observer of the options. */
  status(status: SocketStatus): void;
  failed(error: RxZmqError): void;
  closed(leftover: Leftover): void;
}

/** The reason to withdraw a message that could not be sent in time. */
const OUT_OF_TIME = Symbol();

/** A writer from its opening to its end: it sends one message after the other, each when the outcome of the one before is known. */
export class WriterChannel implements SendQueueOwner<PendingMessage> {
  readonly notify: (status: SocketStatus) => void;
  readonly #settings: WriterSettings;
  readonly #listener: WriterChannelListener;
  readonly #clock: Clock;
  readonly #socket: SavantSocket;
  readonly #envelope: RequestEnvelope | undefined;
  readonly #acks = new AckCount();
  readonly #deadline: Deadline;
  readonly #queue: SendQueue<PendingMessage>;
  /** The message that is being sent, until its outcome is known. */
  #pending: PendingMessage | undefined;
  /** Its parts on the wire, until the socket has accepted them. */
  #unsent: Parts | undefined;
  /** Answers that arrived meanwhile. */
  #early: Parts[] = [];
  #tries = 0;
  #sendRetries = 0;
  /** How many answers were not valid. */
  #refused = 0;
  /** When the pending message was handed over, or when the wait for its answer began. */
  #since = 0;

  constructor(settings: WriterSettings, listener: WriterChannelListener) {
    const { socket, type } = settings;
    this.#settings = settings;
    this.#listener = listener;
    this.#clock = socket.raw.clock;
    this.#queue = new SendQueue<PendingMessage>(this.#clock, this);
    this.#envelope = type === 'req' ? new RequestEnvelope() : undefined;
    const context = callerContext();
    this.#deadline = new Deadline(this.#clock, () => context.runInAsyncScope(() => this.#timeOut()));
    this.notify = statusReporter(settings.status, { of: settings.of, clock: this.#clock }, listener.below);
    const read = (): Parts | undefined => this.#socket.read();
    const take = (parts: Parts): void => this.#answered(parts);
    this.#socket = new SavantSocket(socket, {
      readable: type === 'pub' ? () => undefined : readLoop({ clock: this.#clock, read, take }),
      writable: () => this.#queue.writable(),
      tried: (outcome) => this.#tried(outcome),
      status: (status) => this.#told(status),
      failed: (error) => listener.failed(error),
      closed: (leftover) => listener.closed(leftover),
    });
    this.#queue.open(this.#socket, socket.raw.driver.capabilities);
  }

  get id(): number {
    return this.#socket.id;
  }

  get endpoint(): string {
    return this.#socket.endpoint;
  }

  /** Whether no message is pending. */
  get isFree(): boolean {
    return this.#pending === undefined;
  }

  /** Whether one more message would be sent at once, as far as known. */
  get hasRoom(): boolean {
    return this.#queue.hasRoom;
  }

  /** The number of queued messages. */
  get size(): number {
    return this.#queue.size - (this.#isFirst() ? 1 : 0);
  }

  /** The queued messages, in order. */
  *waiting(): Iterable<PendingMessage> {
    for (const pending of this.#queue.waiting) if (pending !== this.#pending) yield pending;
  }

  /** Sends a message without an answer at once. `false`: it has to be queued, by {@link post}. `true`: {@link resume} must follow. */
  send(parts: Parts, owned: boolean, endsStream: boolean): boolean {
    return this.isFree && !this.#isAnswered(endsStream) && this.#queue.write(parts, owned);
  }

  /** Handles what has arrived while {@link send} sent a message. */
  resume(): void {
    this.#queue.resume();
  }

  /** Queues a message, whose outcome is then reported. */
  post(pending: PendingMessage): void {
    if (this.#queue.tellsLater) pending.own();
    this.#queue.post(pending);
    if (pending.isOwned || !this.#queue.has(pending)) return;
    pending.own(); // it is queued
    if (pending === this.#pending) this.#wrap(pending);
  }

  /** Withdraws a queued message; `false`: it is being sent already. */
  takeBack(pending: PendingMessage): boolean {
    if (pending === this.#pending || !this.#queue.has(pending)) return false;
    this.#queue.withdraw(pending, undefined);
    return true;
  }

  close(lingerMs: number): void {
    this.#queue.close();
    this.#pending = undefined;
    this.#unsent = undefined;
    this.#early = [];
    this.#deadline.close();
    this.#socket.close(lingerMs);
  }

  // The callbacks of its queue.

  isHeld(pending?: PendingMessage): boolean {
    return this.#pending !== undefined && this.#pending !== pending;
  }

  begin(pending: PendingMessage): void {
    if (this.#pending === pending) return;
    this.#pending = pending;
    this.#tries = 0;
    this.#since = this.#clock.now();
    this.#wrap(pending);
    this.#deadline.set(this.#settings.sendTimeoutMs);
    pending.listener.begun(pending);
    if (this.#pending === pending && this.#envelope === undefined && this.#isAnswered(pending.endsStream))
      this.#discard();
  }

  hand({ isOwned }: PendingMessage): boolean | undefined {
    return this.#queue.hand(this.#unsent!, isOwned);
  }

  sent(pending: PendingMessage): void {
    if (this.#pending !== pending) return;
    const now = this.#clock.now();
    this.#unsent = undefined;
    if (!this.#isAnswered(pending.endsStream)) {
      const { outgoing } = pending;
      this.#done({ kind: 'success', outgoing, retriesSpent: this.#tries, timeSpentMs: now - this.#since });
      return;
    }
    this.#sendRetries = this.#tries;
    this.#tries = 0;
    this.#since = now;
    this.#acks.begin();
    this.#deadline.set(this.#settings.receiveTimeoutMs);
    this.#hearEarly();
  }

  failed(pending: PendingMessage, error: unknown): void {
    if (this.#pending !== pending) return; // it was withdrawn
    this.#hearEarly(); // these cannot be answers to a message that was not sent
    if (this.#pending !== pending) return; // a listener has closed it
    if (error === OUT_OF_TIME) this.#giveUpSending();
    else this.#fail(error as Error);
  }

  idle(): void {
    if (this.isFree) this.#listener.idle();
  }

  #isAnswered(endsStream: boolean): boolean {
    const { type } = this.#settings;
    return type === 'req' || (endsStream && type === 'dealer');
  }

  /** Whether the present message is not sent yet. */
  #isFirst(): boolean {
    return this.#pending !== undefined && this.#queue.has(this.#pending);
  }

  #isTried(): boolean {
    return this.#pending !== undefined && this.#queue.isTried(this.#pending);
  }

  #wrap({ parts }: PendingMessage): void {
    this.#unsent = this.#envelope?.wrap(parts) ?? parts;
  }

  #tried(outcome: boolean | RxZmqError): void {
    this.#queue.tried(outcome);
    if (outcome === false) this.#hearEarly();
  }

  /** Handles the answers that were kept until the outcome of the message was known. */
  #hearEarly(): void {
    if (this.#early.length === 0) return;
    const early = this.#early;
    const pending = this.#pending;
    this.#early = [];
    for (const parts of early) {
      if (this.#pending === pending) this.#answered(parts);
      else this.#stray();
    }
  }

  #timeOut(): void {
    const { sendTimeoutMs, sendRetries, receiveTimeoutMs, receiveRetries } = this.#settings;
    if (this.#pending === undefined) return;
    this.#tries += 1;
    if (this.#unsent !== undefined) {
      if (this.#tries <= sendRetries) this.#deadline.set(sendTimeoutMs);
      else this.#queue.withdraw(this.#pending, OUT_OF_TIME);
    } else if (this.#tries <= receiveRetries) {
      this.#deadline.set(receiveTimeoutMs);
    } else {
      this.#acks.missed();
      this.#envelope?.missed();
      this.#done({ kind: 'ackTimeout', outgoing: this.#pending.outgoing, timeoutMs: this.#clock.now() - this.#since });
    }
  }

  #giveUpSending(): void {
    const { outgoing } = this.#pending!;
    this.#done({ kind: 'sendTimeout', outgoing, timeoutMs: this.#clock.now() - this.#since });
  }

  #answered(parts: Parts): void {
    if (this.#pending && this.#isTried() && this.#isAnswered(this.#pending.endsStream)) {
      this.#early.push(parts); // it may be on the wire, though the driver has not reported that yet
      return;
    }
    const pending = this.#unsent === undefined ? this.#pending : undefined; // an answer cannot arrive before its message is sent
    const isOurs = pending !== undefined && (this.#envelope?.matches(parts) ?? true);
    if (!isOurs) {
      this.#stray();
      return;
    }
    if (!this.#envelope && !this.#acks.arrived()) {
      this.#dropAnswer();
      return;
    }
    const answer = parts.at(-1)!;
    if (pending.endsStream && !sameBytes(answer, OK)) {
      this.#refuse(pending, answer);
      return;
    }
    this.#done({
      kind: 'ack',
      outgoing: pending.outgoing,
      sendRetriesSpent: this.#sendRetries,
      receiveRetriesSpent: this.#tries,
      timeSpentMs: this.#clock.now() - this.#since,
    });
  }

  #refuse(pending: PendingMessage, answer: Uint8Array): void {
    const reason = `the end of a stream was answered with ${answer.length} bytes that are not 'OK'`;
    const error = new SocketError('receive', this.endpoint, reason);
    if (!pending.listener.isTolerant) {
      this.#fail(error);
      return;
    }
    this.#refused += 1;
    const { id: socketId, endpoint } = this.#socket;
    this.notify({ kind: 'invalid', endpoint, socketId, reason, error, count: this.#refused });
  }

  /** Handles answers that arrived when none was expected. */
  #discard(): void {
    while (this.#socket.read() !== undefined) this.#stray();
  }

  /** An answer that does not belong to the last message may be a late one. */
  #stray(): void {
    if (!this.#envelope) this.#acks.arrived();
    this.#dropAnswer();
  }

  #dropAnswer(): void {
    const { id: socketId, endpoint } = this.#socket;
    const reason = 'an answer arrived that is no longer expected';
    this.notify({ kind: 'dropped', endpoint, socketId, count: 1, reason });
  }

  #done(result: WriterResult): void {
    const pending = this.#end();
    pending.listener.done(pending, result);
    this.#queue.flush();
  }

  #fail(error: Error): void {
    const pending = this.#end();
    pending.listener.failed(pending, error);
    this.#queue.flush();
  }

  #end(): PendingMessage {
    const pending = this.#pending!;
    this.#pending = undefined;
    this.#unsent = undefined;
    this.#deadline.clear();
    return pending;
  }

  #told(status: SocketStatus): void {
    if (status.kind === 'disconnected') this.#acks.forget();
    this.notify(status);
    this.#listener.status(status);
  }
}
