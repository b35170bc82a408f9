import type { Parts } from '../../../basics/Parts.js';
import { UnsupportedError } from '../../../errors.js';
import { byteText } from '../../../basics/byteText.js';
import type { Pipe } from '../../pipes/Pipe.js';
import type { PatternHost } from '../Pattern.js';
import type { TypeOptions } from '../../../driver/TypeOptions.js';
import { PubPattern } from './PubPattern.js';
import type { Visit } from './PublishingPattern.js';
import { SubscriptionTable } from './SubscriptionTable.js';
import { topicBytes } from './topicBytes.js';
import { UpstreamQueue } from './UpstreamQueue.js';

/** The most messages of peers that are queued here. Further ones stay in the pipes, which stop reading at their high-water marks. */
const MESSAGES_TAKEN = 1000;

/** A request of a peer. */
interface Told {
  readonly topic: string;
  /** `true`: it subscribes; `false`: it unsubscribes. */
  readonly on: boolean;
  readonly counts: boolean;
}

/**
 * A pub socket that receives what its peers send: `01 topic` when they subscribe, `00 topic` when they unsubscribe, and other
 * messages.
 */
export class XPubPattern extends PubPattern {
  readonly #verbose: boolean;
  readonly #verboser: boolean;
  readonly #lastValue: boolean;
  readonly #upstream: UpstreamQueue;
  /** Pipes with messages that are not in the queue yet. */
  readonly #unread = new Set<Pipe>();
  /** With `manual`: the requests of the peers. */
  readonly #requests: SubscriptionTable | undefined;
  #from: Pipe | undefined;
  /** With `manual`: the peer whose request was received last. */
  #asking: Pipe | undefined;

  constructor(host: PatternHost, options: TypeOptions) {
    super(host, options);
    const { verbose = false, verboser = false, manual = false, manualLastValue = false } = options;
    this.#verboser = verboser;
    this.#verbose = verbose || verboser;
    this.#lastValue = manualLastValue;
    this.#upstream = new UpstreamQueue(manual || manualLastValue);
    if (!manual && !manualLastValue) return;
    this.#requests = new SubscriptionTable((callback) => host.soon(callback), {
      cleared: (pipe, topic) => this.#told(pipe, undefined, { topic, on: false, counts: true }),
      clearedSome: () => this.#anyArrived(),
    });
  }

  override get from(): Pipe | undefined {
    return this.#from;
  }

  override disconnected(pipe: Pipe): void {
    super.disconnected(pipe);
    // The rest from the old connection must not count for the next one.
    for (let parts = pipe.read(false); parts !== undefined; parts = pipe.read(false)) this.take(pipe, parts);
    this.#unread.delete(pipe);
    this.#anyArrived();
  }

  override subscription(pipe: Pipe, topic: Uint8Array, on: boolean): void {
    super.subscription(pipe, topic, on);
    this.#anyArrived();
  }

  override readable(pipe: Pipe): void {
    this.#read(pipe);
    this.changed(pipe);
    this.#anyArrived();
  }

  override send(parts: Parts, owned: boolean): boolean {
    const asking = this.#lastValue ? this.#asking : undefined;
    if (asking === undefined) return super.send(parts, owned);
    const only = this.receivers(parts).filter((pipe) => pipe === asking);
    if (!this.distribute(only, parts, owned)) return false;
    if (this.#asking === asking) this.#asking = undefined;
    return true;
  }

  override receive(_borrow: boolean): Parts | undefined {
    const upstream = this.#upstream.shift();
    if (upstream === undefined) return this.nothing();
    const { pipe, visit, parts, topic, on } = upstream;
    this.#from = pipe;
    if (parts !== undefined) {
      this.#readOn();
      return parts;
    }
    if (this.#requests) this.#asking = visit && this.visitOf(pipe) === visit ? pipe : undefined;
    const message = topicBytes(topic, 1);
    message[0] = on ? 1 : 0;
    return [message];
  }

  override subscribe(topic: Uint8Array): void {
    const pipe = this.#manually();
    if (pipe === undefined) return;
    this.table.add(pipe, topic);
    this.changed(pipe);
  }

  override unsubscribe(topic: Uint8Array): void {
    const pipe = this.#manually();
    if (pipe === undefined) return;
    this.table.remove(pipe, topic);
    this.changed(pipe);
  }

  override cleared(pipe: Pipe, topic: string, last: boolean): void {
    if (!this.#requests && (last || this.#verboser)) this.#told(pipe, undefined, { topic, on: false, counts: true });
  }

  override clearedSome(): void {
    this.#anyArrived();
  }

  protected override forget(pipe: Pipe): void {
    if (this.#asking === pipe) this.#asking = undefined;
    super.forget(pipe);
    this.#requests?.forget(pipe);
  }

  protected override change(pipe: Pipe, visit: Visit, topic: Uint8Array, on: boolean, told = true): void {
    const table = this.#requests ?? this.table;
    if (!told && !this.#requests) super.change(pipe, visit, topic, on);
    else if (!on) this.#cancel(table, pipe, visit, topic);
    else if (this.allows(pipe, visit, topic, table)) this.#subscribe(table, pipe, visit, topic);
  }

  protected override upstream(pipe: Pipe, parts: Parts): void {
    this.#upstream.push({ pipe, visit: undefined, parts, topic: '', on: false, counts: false });
  }

  #subscribe(table: SubscriptionTable, pipe: Pipe, visit: Visit, topic: Uint8Array): void {
    const added = table.add(pipe, topic);
    if (this.#requests || this.#verboser)
      this.#told(pipe, visit, { topic: byteText(topic), on: true, counts: added !== 'had' });
    else if (this.#verbose || added === 'first')
      this.#told(pipe, visit, { topic: byteText(topic), on: true, counts: added === 'first' });
  }

  #cancel(table: SubscriptionTable, pipe: Pipe, visit: Visit, topic: Uint8Array): void {
    if (topic.length > this.longestTopic(pipe)) return; // no peer has that
    const removed = table.remove(pipe, topic);
    // As in libzmq, an unsubscription from a topic that no peer has is received too.
    const gone = removed === 'last' || (removed === 'none' && !table.knows(topic));
    if (this.#requests || this.#verboser || gone) {
      this.#told(pipe, visit, { topic: byteText(topic), on: false, counts: removed !== 'none' });
    }
  }

  #told(pipe: Pipe, visit: Visit | undefined, told: Told): void {
    const { topic, on, counts } = told;
    this.#upstream.push({ pipe, visit, parts: undefined, topic, on, counts });
  }

  #anyArrived(): void {
    if (this.#upstream.size > 0) this.arrived();
  }

  /** Reads the messages of the pipe while the queue has space. */
  #read(pipe: Pipe): void {
    this.#unread.delete(pipe);
    while (pipe.readable) {
      if (this.#upstream.messages >= MESSAGES_TAKEN) {
        this.#unread.add(pipe);
        return;
      }
      this.take(pipe, pipe.read(false)!);
    }
  }

  /** Continues with the pipes that wait, in turns. */
  #readOn(): void {
    for (const pipe of this.#unread) {
      if (this.#upstream.messages > MESSAGES_TAKEN / 2) return;
      this.#read(pipe);
      this.changed(pipe);
    }
  }

  /** The peer that `subscribe` applies to; `undefined`: no peer has asked, or it is gone. */
  #manually(): Pipe | undefined {
    if (this.#requests) return this.#asking;
    throw new UnsupportedError(`${this.host.endpoint}: xpub sockets subscribe for a peer with \`manual\` only`);
  }
}
