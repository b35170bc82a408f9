import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { BasePattern } from '../BasePattern.js';
import { Distributor } from './Distributor.js';
import type { PatternHost } from '../Pattern.js';
import type { TypeOptions } from '../../../driver/TypeOptions.js';
import { SubscriptionTable, type ClearingListener, weightOf } from './SubscriptionTable.js';

/** One connection of a pipe, from its handshake to its end. */
export interface Visit {
  /** Whether it has asked for more than its limits allow. */
  refused: boolean;
}

/** Enough for 100,000 topics and more: a peer may be a proxy for many subscribers. */
const MAX_SUBSCRIPTION_BYTES = 32 * 1024 * 1024;
const MAX_TOPIC_BYTES = 1024;

/** The common part of pub, xpub and radio: peers ask for topics or groups, each up to its limits, and lose them with their connection. */
export abstract class PublishingPattern extends BasePattern implements ClearingListener {
  protected readonly distributor: Distributor;
  /** Which peers get which messages. */
  protected readonly table: SubscriptionTable;
  readonly #visits = new Map<Pipe, Visit>();
  #subscribers = 0;

  constructor(host: PatternHost, options: TypeOptions) {
    super(host, options);
    this.distributor = new Distributor(host, options.noDrop ?? false);
    this.table = new SubscriptionTable((callback) => host.soon(callback), this);
  }

  /** How many different topics there are. */
  get topicCount(): number {
    return this.table.topics;
  }

  attach(pipe: Pipe): boolean {
    this.distributor.add(pipe);
    return true;
  }

  override connected(pipe: Pipe): void {
    this.#visits.set(pipe, { refused: false });
    if (pipe.readable) this.readable(pipe);
  }

  /** The subscriptions of the peer end with its connection: the next peer may be another one, or want other topics. */
  override disconnected(pipe: Pipe): void {
    this.#visits.delete(pipe);
    this.forget(pipe);
    this.changed(pipe);
  }

  detach(pipe: Pipe): void {
    this.#visits.delete(pipe);
    this.distributor.remove(pipe);
    this.forget(pipe);
    this.changed(pipe);
  }

  override writable(pipe: Pipe): void {
    this.changed(pipe);
  }

  cleared(_pipe: Pipe, _topic: string, _last: boolean): void {}
  clearedSome(): void {}

  /** The current connection of the pipe. */
  protected visitOf(pipe: Pipe): Visit | undefined {
    return this.#visits.get(pipe);
  }

  /** The connection of the pipe is gone. */
  protected forget(pipe: Pipe): void {
    this.table.forget(pipe);
  }

  /**
   * Whether the limits of a peer allow one more topic; if not, its connection is refused.
   *
   * @param asked the topics that it has asked for so far
   */
  protected allows(pipe: Pipe, visit: Visit, topic: Uint8Array, asked: SubscriptionTable): boolean {
    const { maxSubscriptions: most = Infinity, maxSubscriptionBytes = MAX_SUBSCRIPTION_BYTES } = this.options;
    const maxSubscriptions = Math.min(most, pipe.subscriptionLimits?.maxSubscriptions ?? Infinity);
    const longest = this.longestTopic(pipe);
    if (topic.length > longest) {
      this.#refuse(pipe, visit, `a topic of ${topic.length} bytes, ${longest} are allowed`);
      return false;
    }
    const isOneTooMany = asked.countOf(pipe) >= maxSubscriptions;
    const isTooHeavy = asked.bytesOf(pipe) + weightOf(topic) > maxSubscriptionBytes;
    if ((!isOneTooMany && !isTooHeavy) || asked.has(pipe, topic)) return true;
    if (isOneTooMany) this.#refuse(pipe, visit, `more than ${maxSubscriptions} subscriptions`);
    else this.#refuse(pipe, visit, `subscriptions that weigh more than ${maxSubscriptionBytes} bytes`);
    return false;
  }

  protected longestTopic({ subscriptionLimits }: Pipe): number {
    const ofPeer = subscriptionLimits?.maxTopicBytes ?? Infinity;
    const { maxTopicBytes = ofPeer === Infinity ? MAX_TOPIC_BYTES : Infinity } = this.options;
    return Math.min(maxTopicBytes, ofPeer);
  }

  /** The pipe has space, its subscriptions have changed, or it is gone. Call it last: the host may send at once. */
  protected changed(pipe: Pipe): void {
    const { subscribers } = this.table;
    if (subscribers !== this.#subscribers) {
      this.#subscribers = subscribers;
      this.host.subscribers(subscribers);
    }
    if (this.distributor.unblocks(pipe)) this.roomMade();
  }

  protected distribute(pipes: readonly Pipe[], parts: Parts, owned: boolean): boolean {
    return this.distributor.send(pipes, parts, owned) || this.full();
  }

  #refuse(pipe: Pipe, visit: Visit, reason: string): void {
    if (visit.refused) return;
    visit.refused = true;
    pipe.refuse(reason);
  }
}
