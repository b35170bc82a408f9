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

/** Who hears from a {@link WriterChannel}. */
export interface WriterChannelListener {
  /** The demand of the consumer in whose pipeline it stands. */
  readonly below?: Demand | undefined;
  /** Nothing waits and no message is on its way: there may be room for the next one. */
  idle(): void;
  /** Called after the observer of the options. */
  status(status: SocketStatus): void;
  failed(error: RxZmqError): void;
  closed(leftover: Leftover): void;
}

/** Why a message is taken back that could not be sent in time. */
const OUT_OF_TIME = Symbol();

/** A writer from its opening to its end: one message after the other, each until it is known what became of it. */
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
  /** The message whose turn has come, until it is known what became of it. */
  #pending: PendingMessage | undefined;
  /** As it goes over the wire, and until it is taken. */
  #unsent: Parts | undefined;
  /** Answers that came meanwhile. */
  #early: Parts[] = [];
  #tries = 0;
  #sendRetries = 0;
  /** Answers that were none. */
  #refused = 0;
  /** When the pending message was handed over, or the wait for its answer, began. */
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
    this.notify = statusReporter(settings.status, listener.below);
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

  /** Whether no message is on its way. */
  get isFree(): boolean {
    return this.#pending === undefined;
  }

  /** Whether one more would go out at once, as far as is known. */
  get hasRoom(): boolean {
    return this.#queue.hasRoom;
  }

  /** How many wait for their turn. */
  get size(): number {
    return this.#queue.size - (this.#isFirst() ? 1 : 0);
  }

  /** Those that wait for their turn, in their order. */
  *waiting(): Iterable<PendingMessage> {
    for (const pending of this.#queue.waiting) if (pending !== this.#pending) yield pending;
  }

  /** Sends a message at once that nobody answers. `false`: it has to go by {@link post}. `true`: {@link resume} is to follow. */
  send(parts: Parts, owned: boolean, endsStream: boolean): boolean {
    return this.isFree && !this.#isAnswered(endsStream) && this.#queue.write(parts, owned);
  }

  /** Goes on with what came while {@link send} sent a message. */
  resume(): void {
    this.#queue.resume();
  }

  /** Puts a message behind those that wait, and hears what becomes of it. */
  post(pending: PendingMessage): void {
    if (this.#queue.tellsLater) pending.own();
    this.#queue.post(pending);
    if (pending.isOwned || !this.#queue.has(pending)) return;
    pending.own(); // it waits
    if (pending === this.#pending) this.#wrap(pending);
  }

  /** Takes a message back whose turn has not come; `false`: it has. */
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

  // What its queue asks and tells.

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
    if (this.#pending !== pending) return; // it was taken back
    this.#hearEarly(); // whatever they answer, it is not what was not sent
    if (this.#pending !== pending) return; // whoever was told has closed it
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

  /** Whether the message whose turn has come is not sent. */
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

  /** Looks at what was kept until it was known what became of the message. */
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
      this.#early.push(parts); // it may be on the wire, though the driver has not said so
      return;
    }
    const pending = this.#unsent === undefined ? this.#pending : undefined; // no answer comes before its message is sent
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

  /** Answers that came when nobody waited for one. */
  #discard(): void {
    while (this.#socket.read() !== undefined) this.#stray();
  }

  /** An answer that is not to what was sent last may be one that is owed. */
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
