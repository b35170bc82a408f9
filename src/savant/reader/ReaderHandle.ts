import type { Parts } from '../../basics/Parts.js';
import { Gate } from '../../demand/Gate.js';
import { run } from '../../demand/run.js';
import { OptionError } from '../../errors.js';
import type { Clock } from '../../time/Clock.js';
import { readLoop } from '../../endpoints/receiving/readLoop.js';
import { Queue } from '../../basics/Queue.js';
import { describe } from '../../basics/describe.js';
import type { ReaderSettings } from '../config/readerSettings.js';
import { Blacklist } from '../rules/Blacklist.js';
import { Deadline } from '../../time/Deadline.js';
import type { Opening } from '../socket/Opening.js';
import { type HandleSession, SavantHandle } from '../socket/SavantHandle.js';
import { firstOf, type Waiter, waitAmong, type WaitOptions } from '../socket/waiters.js';
import { ReaderChannel } from './ReaderChannel.js';
import type { ReaderResult } from './ReaderResult.js';
import type { SavantReader } from './SavantReader.js';

/** An entry of the queue: a result, or the error of a message that cannot be decoded. */
type Entry = { readonly result: ReaderResult } | { readonly error: unknown };

interface Session extends HandleSession {
  readonly channel: ReaderChannel;
  /** Reads messages as long as the queue has space. */
  readonly drain: () => void;
}

const utf8 = new TextEncoder();

/** The reader that `openReader` returns. */
export class ReaderHandle extends SavantHandle<Session> implements SavantReader {
  readonly #settings: ReaderSettings;
  readonly #capacity: number;
  readonly #clock: Clock;
  readonly #blacklist: Blacklist;
  readonly #entries = new Queue<Entry>();
  readonly #waiters = new Set<Waiter<ReaderResult>>();
  /** A message has been read, and its result is not known yet. */
  #taking = false;
  readonly #gate: Gate;
  readonly #silence: Deadline;

  /** @param resultsQueueSize `undefined`: nothing is read ahead, and it can be started again */
  constructor(settings: ReaderSettings, resultsQueueSize: number | undefined) {
    const { sourceBlacklistSize, sourceBlacklistTtlMs, socket } = settings;
    super('reader', socket, { restarts: resultsQueueSize === undefined });
    this.#settings = settings;
    this.#capacity = resultsQueueSize ?? 0;
    this.#clock = socket.raw.clock;
    this.#blacklist = new Blacklist(this.#clock, sourceBlacklistSize, sourceBlacklistTtlMs);
    this.#gate = new Gate(() => this.#hasRoom(), undefined);
    this.#silence = new Deadline(this.#clock, () => run(() => this.#timeOut()));
  }

  async shutdown(): Promise<void> {
    const { channel, opening } = this.stop()!; // its sessions wait for none before them: `bind` does, as far as needed
    this.session = undefined;
    this.#end(this.lifetime.error('receive', channel.endpoint));
    channel.close();
    await opening.gone;
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
    // a status observer that gets a gap may ask for the next: the message that it is told of comes first
    if (entry || this.#capacity > 0 || this.#taking) return entry && unpack(entry);
    const parts = channel.read();
    return parts && this.#resultOf(channel, parts);
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

  protected override open(opening: Opening): Session {
    const read = (): Parts | undefined => (this.session === session ? session.channel.read() : undefined);
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
        ...this.listener(() => session, opening),
      }),
    };
    return session;
  }

  protected override started(): void {
    if (this.#hasRoom()) this.#silence.set(this.#settings.receiveTimeoutMs);
  }

  protected override abandon({ channel }: Session, error: unknown): void {
    this.#end(error);
    channel.close();
  }

  protected override broken(error: Error): void {
    this.#end(error);
  }

  #requireOpen(): Session {
    const session = this.require('receive');
    if (session.failure && this.#entries.size === 0) throw session.failure;
    return session;
  }

  #hasRoom(): boolean {
    return this.#entries.size < this.#capacity || this.#waiters.size > 0;
  }

  #take(channel: ReaderChannel, parts: Parts): void {
    let entry: Entry;
    try {
      entry = { result: this.#resultOf(channel, parts) };
    } catch (error) {
      entry = { error };
    }
    if (this.session?.channel === channel) this.#put(entry); // a status observer that gets a gap may have shut it down
  }

  /** @throws if it cannot be decoded */
  #resultOf(channel: ReaderChannel, parts: Parts): ReaderResult {
    this.#taking = true;
    try {
      return channel.take(parts);
    } finally {
      this.#taking = false;
    }
  }

  #timeOut(): void {
    if (this.session && this.#hasRoom()) this.#put({ result: { kind: 'timeout' } });
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

  /** The reader has ended. */
  #end(error: unknown): void {
    this.#silence.close();
    this.#entries.clear();
    for (const waiter of [...this.#waiters]) waiter.reject(error);
  }
}

/** @throws the error of the entry */
function unpack(entry: Entry): ReaderResult {
  if ('error' in entry) throw entry.error;
  return entry.result;
}

function bytesOf(of: string, topic: unknown): Uint8Array {
  if (typeof topic === 'string') return utf8.encode(topic);
  if (topic instanceof Uint8Array) return topic;
  throw new OptionError('topic', topic, `${of}: topic must be a text or a Uint8Array, got ${describe(topic)}`);
}
