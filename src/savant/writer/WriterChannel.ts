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
import { SavantSocket } from '../socket/SavantSocket.js';
import { AckCount } from './AckCount.js';
import type { PendingMessage } from './PendingMessage.js';
import { RequestEnvelope } from './RequestEnvelope.js';
import type { WriterResult } from './WriterResult.js';

/** Who hears from a {@link WriterChannel}. */
export interface WriterChannelListener {
  /** The demand of the consumer in whose pipeline it stands. */
  readonly below?: Demand | undefined;
  /** There may be room for the next message. */
  room(): void;
  /** Called after the observer of the options. */
  status(status: SocketStatus): void;
  failed(error: RxZmqError): void;
  closed(leftover: Leftover): void;
}

/** A writer from its opening to its end: one message after the other, each until it is known what became of it. */
export class WriterChannel {
  readonly notify: (status: SocketStatus) => void;
  readonly #settings: WriterSettings;
  readonly #listener: WriterChannelListener;
  readonly #clock: Clock;
  readonly #socket: SavantSocket;
  readonly #envelope: RequestEnvelope | undefined;
  readonly #acks = new AckCount();
  readonly #deadline: Deadline;
  /** The driver says later what became of a message. */
  readonly #defers: boolean;
  /** The socket has not said no since it last had room. */
  #room = false;
  #pending: PendingMessage | undefined;
  /** As it goes over the wire, and until it is taken. */
  #unsent: Parts | undefined;
  /** The driver has it and will say what became of it. */
  #isTried = false;
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
    this.#defers = socket.raw.driver.capabilities.tellsLater;
    this.#envelope = type === 'req' ? new RequestEnvelope() : undefined;
    const context = callerContext();
    this.#deadline = new Deadline(this.#clock, () => context.runInAsyncScope(() => this.#timeOut()));
    this.notify = statusReporter(settings.status, listener.below);
    const read = (): Parts | undefined => this.#socket.read();
    const take = (parts: Parts): void => this.#answered(parts);
    this.#socket = new SavantSocket(socket, {
      readable: type === 'pub' ? () => undefined : readLoop({ clock: this.#clock, read, take }),
      writable: () => this.#writable(),
      tried: (outcome) => this.#tried(outcome),
      status: (status) => this.#told(status),
      failed: (error) => listener.failed(error),
      closed: (leftover) => listener.closed(leftover),
    });
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
    return this.#room && this.#pending === undefined && this.#socket.hasRoom();
  }

  /** Sends a message at once that nobody answers. `false`: it has to go by {@link start}. */
  send(parts: Parts, owned: boolean, endsStream: boolean): boolean {
    if (!this.#room || this.#pending !== undefined || this.#defers || this.#isAnswered(endsStream)) return false;
    this.#room = false;
    const wasTaken = this.#socket.write(parts, owned) === true;
    if (wasTaken) this.#room = true;
    return wasTaken;
  }

  /** Sends a message and hears what becomes of it. Only while it is free. */
  start(pending: PendingMessage): void {
    this.#pending = pending;
    this.#tries = 0;
    this.#since = this.#clock.now();
    if (this.#defers) pending.own();
    if (this.#envelope === undefined && this.#isAnswered(pending.endsStream)) this.#discard();
    this.#unsent = this.#envelope?.wrap(pending.parts) ?? pending.parts;
    this.#try(pending.isOwned);
    if (this.#pending !== pending || this.#unsent === undefined) return;
    if (!pending.isOwned) {
      pending.own();
      this.#unsent = this.#envelope?.wrap(pending.parts) ?? pending.parts;
    }
    this.#deadline.set(this.#settings.sendTimeoutMs);
  }

  close(lingerMs: number): void {
    this.#pending = undefined;
    this.#unsent = undefined;
    this.#early = [];
    this.#deadline.close();
    this.#socket.close(lingerMs);
  }

  #isAnswered(endsStream: boolean): boolean {
    const { type } = this.#settings;
    return type === 'req' || (endsStream && type === 'dealer');
  }

  #writable(): void {
    this.#room = true;
    if (this.#pending) this.#try(true);
    else this.#listener.room();
  }

  #try(owned: boolean): void {
    if (!this.#room || this.#isTried || this.#unsent === undefined) return;
    this.#isTried = true; // first: room may come before it returns
    this.#room = false;
    let outcome: boolean | undefined;
    try {
      outcome = this.#socket.write(this.#unsent, owned);
    } catch (error) {
      this.#tried(error as RxZmqError);
      return;
    }
    if (outcome !== undefined) this.#tried(outcome);
  }

  #tried(outcome: boolean | RxZmqError): void {
    this.#isTried = false;
    if (outcome !== false) this.#room = true;
    if (this.#pending === undefined) return;
    if (outcome === true) {
      this.#sent();
      this.#hearEarly();
      return;
    }
    this.#hearEarly(); // whatever they answer, it is not what was not sent
    if (this.#pending === undefined) return; // whoever was told has closed it
    if (outcome !== false) this.#fail(outcome);
    else if (this.#tries > this.#settings.sendRetries) this.#giveUpSending();
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

  #sent(): void {
    const pending = this.#pending!;
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
  }

  #timeOut(): void {
    const { sendTimeoutMs, sendRetries, receiveTimeoutMs, receiveRetries } = this.#settings;
    if (this.#pending === undefined) return;
    this.#tries += 1;
    if (this.#unsent !== undefined) {
      if (this.#tries <= sendRetries) this.#deadline.set(sendTimeoutMs);
      else if (!this.#isTried) this.#giveUpSending();
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
    if (this.#isTried && this.#pending && this.#isAnswered(this.#pending.endsStream)) {
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
    const reason = 'an answer came that nobody waits for any more';
    this.notify({ kind: 'dropped', endpoint, socketId, count: 1, reason });
  }

  #done(result: WriterResult): void {
    const pending = this.#end();
    pending.listener.done(pending, result);
    this.#listener.room();
  }

  #fail(error: Error): void {
    const pending = this.#end();
    pending.listener.failed(pending, error);
    this.#listener.room();
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
