import { utf8Of } from '../basics/utf8.js';
import type { Msg, Subscription } from '@nats-io/nats-core';
import type { Parts } from '../basics/Parts.js';
import { Queue } from '../basics/Queue.js';
import type { SocketListener } from '../driver/Socket.js';
import type { SocketSettings } from '../driver/SocketSettings.js';
import { clientUsed } from './clientMemory.js';
import { endsStream } from './endsStream.js';
import { type Held, readReply } from './Held.js';
import type { LoadNats } from './NatsLibrary.js';
import type { Up } from './NatsSocket.js';
import { Prefetch } from './Prefetch.js';
import { PullRequests } from './PullRequests.js';
import { isDoppler, toParts } from './subjects.js';
import { ACK_WAIT_MS, ensureConsumer, ensureStream, limitsOf } from './workQueue.js';
import { WorkSocket } from './WorkSocket.js';

/** How often in its time-out the socket tells the server that its messages are in progress. */
const WORKING_TIMES = 2.5;
/** How many settled messages to remember, as the server may deliver them again. */
const REMEMBERED = 2000;

/** A delivery is settled on such a subject; a message of the server about a request has none. */
const ACK_SUBJECT = '$JS.ACK.';

const ACK = utf8Of('+ACK');
const NAK = utf8Of('-NAK');
const TERM = utf8Of('+TERM');
const WORKING = utf8Of('+WPI');

/**
 * PULL: messages of a work queue; the socket holds each until it is settled. The server delivers only as many as the socket requests,
 * which are as many as the reader reads in a second. When the socket closes, unsettled messages are returned to the server at once.
 */
export class PullSocket extends WorkSocket {
  deliveries = 1;
  readonly #queue = new Queue<Held>();
  /** Messages that were read but not settled. */
  readonly #unsettled = new Map<Parts, Held>();
  /** All messages that are not settled, read or not. */
  readonly #held = new Map<string, Held>();
  /** The outcomes of settled messages, as they may not have reached the server. */
  readonly #settled = new Map<string, Uint8Array>();
  /** Outcomes of messages that were settled without a connection. */
  readonly #unsaid = new Map<string, Uint8Array>();
  readonly #prefetch: Prefetch;
  readonly #requests: PullRequests;
  #subscription: Subscription | undefined;
  #waits = true;
  #cancelWorking: (() => void) | undefined;
  #workingEveryMs = ACK_WAIT_MS / WORKING_TIMES;

  constructor(settings: SocketSettings, load: LoadNats, listener: SocketListener) {
    super(settings, load, listener);
    this.#prefetch = new Prefetch(settings.clock, settings.highWaterMark);
    this.#requests = new PullRequests(settings.clock, this.queue, () => this.#ask());
  }

  override read(): Parts | undefined {
    if (this.closing) return undefined;
    for (let held = this.#queue.shift(); held !== undefined; held = this.#queue.shift()) {
      this.#prefetch.read(held.cameAt);
      this.#ask();
      if (isDoppler(this.nats) && endsStream(held.data)) {
        this.#say(held, ACK);
        if (!this.nats.ends) continue;
        this.listener.ended?.();
        return undefined;
      }
      const parts = toParts(this.nats, this.queue.stem, held.subject, held.data);
      this.#unsettled.set(parts, held);
      this.deliveries = held.deliveries;
      return parts;
    }
    this.#waits = true;
    this.#prefetch.ranDry();
    this.#ask();
    return undefined;
  }

  settle(parts: Parts, outcome: 'done' | 'invalid'): void {
    const held = this.#unsettled.get(parts);
    if (held === undefined) return;
    this.#unsettled.delete(parts);
    this.#say(held, outcome === 'done' ? ACK : TERM);
  }

  protected override async prepare(up: Up): Promise<void> {
    const manager = await ensureStream(up, this.queue);
    const { ackWaitMs, ...limits } = limitsOf(await ensureConsumer(this.endpoint, up, manager, this.queue));
    this.#workingEveryMs = ackWaitMs / WORKING_TIMES;
    this.#requests.limit(limits);
  }

  protected override start(up: Up): void {
    if (this.closing) return;
    const { client, library } = up;
    if (this.#subscription === undefined) {
      const inbox = this.#requests.open(library.core.createInbox());
      this.#subscription = client.subscribe(inbox, { callback: (error, message) => this.#arrived(error, message) });
    }
    for (const [reply, body] of this.#unsaid) client.publish(reply, body);
    this.#unsaid.clear();
    this.#requests.forget();
    this.#working(0);
    this.#ask();
  }

  protected override disconnected(): void {
    super.disconnected();
    this.#requests.forget();
  }

  protected override stopped(): void {
    this.#requests.close();
    this.#subscription?.unsubscribe();
    for (let held = this.#queue.shift(); held !== undefined; held = this.#queue.shift()) this.#say(held, NAK);
  }

  protected override leaving(): void {
    super.leaving();
    this.#cancelWorking?.();
    for (const held of this.#unsettled.values()) this.#say(held, NAK);
    this.#unsettled.clear();
  }

  protected override get unconfirmed(): number {
    return 0;
  }

  #ask(): void {
    if (this.ready === undefined || this.closing) return;
    const { target } = this.#prefetch;
    const have = this.#queue.size + this.#requests.outstanding;
    if (have <= target / 2) this.#requests.ask(this.ready.client, target - have);
  }

  #arrived(error: Error | null, message: Msg): void {
    if (error !== null || this.closing) return;
    const { reply } = message;
    if (reply === undefined || !reply.startsWith(ACK_SUBJECT)) {
      const { code = 0, description = '' } = message.headers ?? {};
      const reason = this.#requests.heard(message.subject, code, description);
      if (reason !== undefined) this.unready(reason);
      return;
    }
    this.#requests.came();
    const subject = this.nats.subjects === 'topic' ? message.subject : '';
    this.#take(subject, message.data, reply);
  }

  #take(subject: string, data: Uint8Array, reply: string): void {
    const { deliveries, key } = readReply(reply);
    const known = this.#held.get(key);
    if (known !== undefined) {
      known.reply = reply; // a repeated delivery: settle the message by its last one
      this.#touch(known);
      return;
    }
    const before = this.#settled.get(key);
    if (before !== undefined && before !== NAK) {
      this.ready?.client.publish(reply, before); // its outcome was lost: send it again
      return;
    }
    const now = this.settings.clock.now();
    const held: Held = { data, subject, key, reply, deliveries, cameAt: now, touchedAt: now };
    this.#prefetch.came(data.length);
    clientUsed('received', data.length);
    this.#held.set(key, held);
    this.#queue.push(held);
    this.#cancelWorking ??= this.#workLater();
    if (!this.#waits) return;
    this.#waits = false;
    this.listener.readable();
  }

  /** Tells the server which messages are in progress, if the last such report is at least `forMs` ago. */
  #working(forMs: number): void {
    this.#cancelWorking?.();
    this.#cancelWorking = undefined;
    if (this.#held.size === 0) return;
    const since = this.settings.clock.now() - forMs;
    for (const held of this.#held.values()) if (held.touchedAt <= since) this.#touch(held);
    this.#cancelWorking = this.#workLater();
  }

  #workLater(): () => void {
    // eslint-disable-next-line no-restricted-syntax -- reports that they are in progress
    return this.settings.clock.after(this.#workingEveryMs, () => this.#working(this.#workingEveryMs / 2));
  }

  #touch(held: Held): void {
    if (this.ready === undefined) return;
    held.touchedAt = this.settings.clock.now();
    this.ready.client.publish(held.reply, WORKING);
  }

  /** Settles a message. */
  #say({ reply, key }: Held, body: Uint8Array): void {
    this.#held.delete(key);
    if (this.#held.size === 0) {
      this.#cancelWorking?.();
      this.#cancelWorking = undefined;
    }
    this.#settled.set(key, body);
    if (this.#settled.size > REMEMBERED) this.#settled.delete(this.#settled.keys().next().value!);
    if (this.up !== undefined) this.up.client.publish(reply, body);
    else this.#unsaid.set(reply, body);
  }
}
