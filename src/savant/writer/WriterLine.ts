import type { Parts } from '../../codecs/Codec.js';
import type { Demand } from '../../demand/types.js';
import { type RxZmqError, SocketError } from '../../errors.js';
import { sameBytes } from '../../internal/bytes.js';
import { callerContext } from '../../internal/callerContext.js';
import type { Clock } from '../../internal/Clock.js';
import { drainer } from '../../internal/drainer.js';
import type { Leftover } from '../../internal/Socket.js';
import type { SocketStatus } from '../../internal/SocketStatus.js';
import { statusReporter } from '../../internal/statusReporter.js';
import type { WriterSettings } from '../config/writerSettings.js';
import { OK } from '../socket/Acknowledgements.js';
import { Deadline } from '../../internal/Deadline.js';
import { SavantSocket } from '../socket/SavantSocket.js';
import { AckCount } from './AckCount.js';
import type { Errand } from './Errand.js';
import { RequestEnvelope } from './RequestEnvelope.js';
import type { WriterResult } from './WriterResult.js';

/** Who hears from a {@link WriterLine}. */
export interface WriterLineListener {
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
export class WriterLine {
  readonly tell: (status: SocketStatus) => void;
  readonly #settings: WriterSettings;
  readonly #listener: WriterLineListener;
  readonly #clock: Clock;
  readonly #socket: SavantSocket;
  readonly #envelope: RequestEnvelope | undefined;
  readonly #acks = new AckCount();
  readonly #deadline: Deadline;
  /** The driver says later what became of a message. */
  readonly #defers: boolean;
  /** The socket has not said no since it last had room. */
  #room = false;
  #errand: Errand | undefined;
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
  /** When the errand, or the wait for its answer, began. */
  #since = 0;

  constructor(settings: WriterSettings, listener: WriterLineListener) {
    const { socket, type } = settings;
    this.#settings = settings;
    this.#listener = listener;
    this.#clock = socket.raw.clock;
    this.#defers = socket.raw.driver === 'native';
    this.#envelope = type === 'req' ? new RequestEnvelope() : undefined;
    const context = callerContext();
    this.#deadline = new Deadline(this.#clock, () => context.runInAsyncScope(() => this.#timeOut()));
    this.tell = statusReporter(settings.status, listener.below);
    const read = (): Parts | undefined => this.#socket.read();
    const take = (parts: Parts): void => this.#answered(parts);
    this.#socket = new SavantSocket(socket, {
      readable: type === 'pub' ? () => undefined : drainer({ clock: this.#clock, read, take }),
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
    return this.#errand === undefined;
  }

  /** Whether one more would go out at once, as far as is known. */
  get hasRoom(): boolean {
    return this.#room && this.#errand === undefined && this.#socket.hasRoom();
  }

  /** Sends a message at once that nobody answers. `false`: it has to go by {@link start}. */
  send(parts: Parts, owned: boolean, endsStream: boolean): boolean {
    if (!this.#room || this.#errand !== undefined || this.#defers || this.#isAnswered(endsStream)) return false;
    this.#room = false;
    const wasTaken = this.#socket.write(parts, owned) === true;
    if (wasTaken) this.#room = true;
    return wasTaken;
  }

  /** Sends a message and hears what becomes of it. Only while it is free. */
  start(errand: Errand): void {
    this.#errand = errand;
    this.#tries = 0;
    this.#since = this.#clock.now();
    if (this.#defers) errand.own();
    if (this.#envelope === undefined && this.#isAnswered(errand.endsStream)) this.#discard();
    this.#unsent = this.#envelope?.wrap(errand.parts) ?? errand.parts;
    this.#try(errand.isOwned);
    if (this.#errand !== errand || this.#unsent === undefined) return;
    if (!errand.isOwned) {
      errand.own();
      this.#unsent = this.#envelope?.wrap(errand.parts) ?? errand.parts;
    }
    this.#deadline.set(this.#settings.sendTimeoutMs);
  }

  close(lingerMs: number): void {
    this.#errand = undefined;
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
    if (this.#errand) this.#try(true);
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
    if (this.#errand === undefined) return;
    if (outcome === true) {
      this.#sent();
      this.#hearEarly();
      return;
    }
    this.#hearEarly(); // whatever they answer, it is not what was not sent
    if (this.#errand === undefined) return; // whoever was told has closed it
    if (outcome !== false) this.#fail(outcome);
    else if (this.#tries > this.#settings.sendRetries) this.#giveUpSending();
  }

  /** Looks at what was kept until it was known what became of the message. */
  #hearEarly(): void {
    if (this.#early.length === 0) return;
    const early = this.#early;
    const errand = this.#errand;
    this.#early = [];
    for (const parts of early) {
      if (this.#errand === errand) this.#answered(parts);
      else this.#stray();
    }
  }

  #sent(): void {
    const errand = this.#errand!;
    const now = this.#clock.now();
    this.#unsent = undefined;
    if (!this.#isAnswered(errand.endsStream)) {
      const { outgoing } = errand;
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
    if (this.#errand === undefined) return;
    this.#tries += 1;
    if (this.#unsent !== undefined) {
      if (this.#tries <= sendRetries) this.#deadline.set(sendTimeoutMs);
      else if (!this.#isTried) this.#giveUpSending();
    } else if (this.#tries <= receiveRetries) {
      this.#deadline.set(receiveTimeoutMs);
    } else {
      this.#acks.missed();
      this.#envelope?.missed();
      this.#done({ kind: 'ackTimeout', outgoing: this.#errand.outgoing, timeoutMs: this.#clock.now() - this.#since });
    }
  }

  #giveUpSending(): void {
    const { outgoing } = this.#errand!;
    this.#done({ kind: 'sendTimeout', outgoing, timeoutMs: this.#clock.now() - this.#since });
  }

  #answered(parts: Parts): void {
    if (this.#isTried && this.#errand && this.#isAnswered(this.#errand.endsStream)) {
      this.#early.push(parts); // it may be on the wire, though the driver has not said so
      return;
    }
    const errand = this.#unsent === undefined ? this.#errand : undefined; // no answer comes before its message is sent
    const isOurs = errand !== undefined && (this.#envelope?.matches(parts) ?? true);
    if (!isOurs) {
      this.#stray();
      return;
    }
    if (!this.#envelope && !this.#acks.arrived()) {
      this.#dropAnswer();
      return;
    }
    const answer = parts.at(-1)!;
    if (errand.endsStream && !sameBytes(answer, OK)) {
      this.#refuse(errand, answer);
      return;
    }
    this.#done({
      kind: 'ack',
      outgoing: errand.outgoing,
      sendRetriesSpent: this.#sendRetries,
      receiveRetriesSpent: this.#tries,
      timeSpentMs: this.#clock.now() - this.#since,
    });
  }

  #refuse(errand: Errand, answer: Uint8Array): void {
    const reason = `the end of a stream was answered with ${answer.length} bytes that are not 'OK'`;
    const error = new SocketError('receive', this.endpoint, reason);
    if (!errand.listener.isTolerant) {
      this.#fail(error);
      return;
    }
    this.#refused += 1;
    const { id: socketId, endpoint } = this.#socket;
    this.tell({ kind: 'invalid', endpoint, socketId, reason, error, count: this.#refused });
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
    this.tell({ kind: 'dropped', endpoint, socketId, count: 1, reason });
  }

  #done(result: WriterResult): void {
    const errand = this.#end();
    errand.listener.done(errand, result);
    this.#listener.room();
  }

  #fail(error: Error): void {
    const errand = this.#end();
    errand.listener.failed(errand, error);
    this.#listener.room();
  }

  #end(): Errand {
    const errand = this.#errand!;
    this.#errand = undefined;
    this.#unsent = undefined;
    this.#deadline.clear();
    return errand;
  }

  #told(status: SocketStatus): void {
    if (status.kind === 'disconnected') this.#acks.forget();
    this.tell(status);
    this.#listener.status(status);
  }
}
