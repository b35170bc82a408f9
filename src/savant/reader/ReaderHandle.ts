import type { Parts } from '../../basics/Parts.js';
import { Gate } from '../../demand/Gate.js';
import { run } from '../../demand/run.js';
import { OptionError, type RxZmqError } from '../../errors.js';
import type { Clock } from '../../time/Clock.js';
import { readLoop } from '../../endpoints/receiving/readLoop.js';
import { Queue } from '../../basics/Queue.js';
import { describe } from '../../basics/describe.js';
import type { ReaderSettings } from '../config/readerSettings.js';
import { Blacklist } from '../rules/Blacklist.js';
import { Deadline } from '../../time/Deadline.js';
import { Lifetime } from '../socket/Lifetime.js';
import { Opening } from '../socket/Opening.js';
import { firstOf, type Waiter, waitAmong, type WaitOptions } from '../socket/waiters.js';
import { ReaderChannel } from './ReaderChannel.js';
import type { ReaderResult } from './ReaderResult.js';
import type { SavantReader } from './SavantReader.js';

/** What there is to be received: a result, or the error of a message that cannot be decoded. */
type Entry = { readonly result: ReaderResult } | { readonly error: unknown };

/** What is open between a start and its shutdown. */
interface Session {
  readonly channel: ReaderChannel;
  readonly opening: Opening;
  /** Reads what is there, as long as there is room. */
  readonly drain: () => void;
  /** It has failed: nothing comes any more. */
  failure: RxZmqError | undefined;
}

const utf8 = new TextEncoder();

/** The reader that `openReader` gives. */
export class ReaderHandle implements SavantReader {
  readonly #settings: ReaderSettings;
  readonly #capacity: number;
  readonly #clock: Clock;
  readonly #blacklist: Blacklist;
  readonly #lifetime: Lifetime;
  readonly #entries = new Queue<Entry>();
  readonly #waiters = new Set<Waiter<ReaderResult>>();
  readonly #gate: Gate;
  readonly #silence: Deadline;
  #session: Session | undefined;

  /** @param resultsQueueSize `undefined`: nothing is read ahead, and it can be started again */
  constructor(settings: ReaderSettings, resultsQueueSize: number | undefined) {
    const { sourceBlacklistSize, sourceBlacklistTtlMs, socket } = settings;
    this.#settings = settings;
    this.#capacity = resultsQueueSize ?? 0;
    this.#clock = socket.raw.clock;
    this.#blacklist = new Blacklist(this.#clock, sourceBlacklistSize, sourceBlacklistTtlMs);
    this.#lifetime = new Lifetime('reader', resultsQueueSize === undefined);
    this.#gate = new Gate(() => this.#hasRoom(), undefined);
    this.#silence = new Deadline(this.#clock, () => run(() => this.#timeOut()));
  }

  async start(): Promise<string> {
    this.#lifetime.start(this.#endpoint);
    const session = this.#open();
    this.#session = session;
    if (this.#hasRoom()) this.#silence.set(this.#settings.receiveTimeoutMs);
    try {
      return await session.opening.done;
    } catch (error) {
      if (this.#session === session) {
        this.#session = undefined;
        this.#lifetime.unstart();
        this.#end(error);
        session.channel.close();
      }
      throw error;
    }
  }

  isStarted(): boolean {
    return this.#lifetime.isStarted;
  }

  async shutdown(): Promise<void> {
    this.#lifetime.stop(this.#endpoint);
    const { channel, opening } = this.#session!;
    this.#session = undefined;
    this.#end(this.#lifetime.error('receive', channel.endpoint));
    opening.failed(this.#lifetime.error('open', channel.endpoint));
    channel.close();
    await opening.gone;
  }

  isShutdown(): boolean {
    return this.#lifetime.isShutdown;
  }

  async receive({ signal }: WaitOptions = {}): Promise<ReaderResult> {
    this.#requireOpen();
    const entry = this.#waiters.size === 0 ? this.#shift() : undefined;
    if (entry) return unpack(entry);
    const hadRoom = this.#hasRoom();
    const waiting = waitAmong(this.#waiters, signal);
    this.#roomMade(hadRoom);
    return waiting;
  }

  tryReceive(): ReaderResult | undefined {
    const { channel } = this.#requireOpen();
    const entry = this.#shift();
    if (entry || this.#capacity > 0) return entry && unpack(entry);
    const parts = channel.read();
    return parts && channel.take(parts);
  }

  enqueuedResults(): number {
    return this.#entries.size;
  }

  blacklistSource(topic: string | Uint8Array): void {
    this.#blacklist.add(bytesOf('blacklistSource', topic));
  }

  isBlacklisted(topic: string | Uint8Array): boolean {
    return this.#blacklist.has(bytesOf('isBlacklisted', topic));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#lifetime.isRunning) await this.shutdown();
  }

  get #endpoint(): string {
    return this.#session?.channel.endpoint ?? this.#settings.socket.endpoint;
  }

  #open(): Session {
    const { bind } = this.#settings.socket;
    const opening = new Opening(bind);
    const read = (): Parts | undefined => (this.#session === session ? session.channel.read() : undefined);
    const session: Session = {
      opening,
      drain: readLoop({
        clock: this.#clock,
        read,
        take: (parts) => this.#take(session.channel, parts),
        demand: this.#gate,
      }),
      failure: undefined,
      channel: new ReaderChannel(this.#settings, this.#blacklist, {
        readable: () => session.drain(),
        status: (status) => opening.hear(status, session.channel.endpoint),
        failed: (error) => {
          session.failure = error;
          opening.failed(error);
          if (this.#session === session) this.#end(error);
        },
        closed: () => opening.closed(),
      }),
    };
    return session;
  }

  #requireOpen(): Session {
    this.#lifetime.require('receive', this.#endpoint);
    const session = this.#session!;
    if (session.failure && this.#entries.size === 0) throw session.failure;
    return session;
  }

  #hasRoom(): boolean {
    return this.#entries.size < this.#capacity || this.#waiters.size > 0;
  }

  #take(channel: ReaderChannel, parts: Parts): void {
    let entry: Entry;
    try {
      entry = { result: channel.take(parts) };
    } catch (error) {
      entry = { error };
    }
    if (this.#session?.channel === channel) this.#put(entry); // whoever heard of a gap may have shut it down
  }

  #timeOut(): void {
    if (this.#session && this.#hasRoom()) this.#put({ result: { kind: 'timeout' } });
  }

  #put(entry: Entry): void {
    const waiter = firstOf(this.#waiters);
    if (waiter === undefined) this.#entries.push(entry);
    else if ('error' in entry) waiter.reject(entry.error);
    else waiter.resolve(entry.result);
    if (this.#hasRoom()) this.#silence.set(this.#settings.receiveTimeoutMs);
    else this.#silence.clear();
  }

  #shift(): Entry | undefined {
    if (this.#entries.size === 0) return undefined;
    const hadRoom = this.#hasRoom();
    const entry = this.#entries.shift();
    this.#roomMade(hadRoom);
    return entry;
  }

  #roomMade(hadRoom: boolean): void {
    if (!hadRoom && this.#hasRoom()) this.#silence.set(this.#settings.receiveTimeoutMs);
    this.#gate.pass();
  }

  /** Nothing comes any more. */
  #end(error: unknown): void {
    this.#silence.close();
    this.#entries.clear();
    for (const waiter of [...this.#waiters]) waiter.reject(error);
  }
}

/** @throws the error that it is */
function unpack(entry: Entry): ReaderResult {
  if ('error' in entry) throw entry.error;
  return entry.result;
}

function bytesOf(of: string, topic: unknown): Uint8Array {
  if (typeof topic === 'string') return utf8.encode(topic);
  if (topic instanceof Uint8Array) return topic;
  throw new OptionError('topic', topic, `${of}: topic must be a text or a Uint8Array, got ${describe(topic)}`);
}
