import type { Msg, Subscription } from '@nats-io/nats-core';
import { startsWith } from '../basics/bytes.js';
import type { Parts } from '../basics/Parts.js';
import { Reassembly } from '../dpstream/Reassembly.js';
import { isEnd } from '../dpstream/header.js';
import type { SocketListener } from '../driver/Socket.js';
import type { SocketSettings } from '../driver/SocketSettings.js';
import { BoundedQueue } from './BoundedQueue.js';
import { clientUsed } from './clientMemory.js';
import { endsStream } from './endsStream.js';
import type { LoadNats } from './NatsLibrary.js';
import { NatsSocket, type Up } from './NatsSocket.js';
import { isDoppler, stemOf, toParts } from './subjects.js';

interface Arrived {
  /** `''` if its parts do not depend on it. */
  readonly subject: string;
  readonly data: Uint8Array;
}

/**
 * SUB: receives what is published after it has subscribed. It always reads, because otherwise the server would end the connection: if
 * its queue is full, it drops messages and reports that.
 */
export class SubSocket extends NatsSocket {
  readonly #stem: string;
  readonly #isDoppler: boolean;
  readonly #queue: BoundedQueue<Arrived>;
  readonly #topics = new Set<Uint8Array>();
  readonly #reassembly: Reassembly | undefined;
  #subscription: Subscription | undefined;
  #waits = true;

  constructor(settings: SocketSettings, load: LoadNats, listener: SocketListener) {
    super(settings, load, listener);
    this.#stem = stemOf(this.nats, 'iq');
    this.#isDoppler = isDoppler(this.nats);
    this.#queue = new BoundedQueue(settings, ({ data }) => data.length);
    this.#reassembly = this.#isDoppler ? new Reassembly(settings.maxMessageBytes) : undefined;
  }

  override read(): Parts | undefined {
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      if (this.#isDoppler && endsStream(next.data)) {
        if (!this.nats.ends) continue;
        this.stopped();
        this.listener.ended?.();
        return undefined;
      }
      return toParts(this.nats, this.#stem, next.subject, next.data);
    }
    this.#waits = true;
    return undefined;
  }

  get isPressed(): boolean {
    return this.#queue.isPressed;
  }

  override subscribe(topic: Uint8Array): void {
    this.#topics.add(topic);
  }

  override unsubscribe(topic: Uint8Array): void {
    for (const one of this.#topics) if (one.length === topic.length && startsWith(one, topic)) this.#topics.delete(one);
  }

  protected override connected({ client }: Up): void {
    const { subjects } = this.nats;
    const subject = subjects === 'base' ? this.#stem : `${this.#stem}.>`;
    this.#subscription ??= client.subscribe(subject, { callback: (error, message) => this.#arrived(error, message) });
  }

  protected override disconnected(): void {
    // the client restores the subscription with the connection
  }

  protected override stopped(): void {
    this.#subscription?.unsubscribe();
    this.#queue.clear();
  }

  protected override get unconfirmed(): number {
    return 0;
  }

  #arrived(error: Error | null, message: Msg): void {
    if (error !== null || this.closing) return; // the connection reports it
    const { data } = message;
    clientUsed('received', data.length);
    const subject = this.nats.subjects === 'topic' ? message.subject : ''; // decoding it takes as long as the rest
    if (data.length > this.settings.maxMessageBytes) {
      this.lost(1, `a message was longer than maxMessageBytes, ${this.settings.maxMessageBytes}`);
    } else if (this.#reassembly === undefined) {
      if (this.#isWanted(subject)) this.#take(subject, data);
    } else {
      const { message: whole, abandoned, rejected } = this.#reassembly.put(data);
      if (abandoned !== undefined) this.lost(1, abandoned);
      if (whole !== undefined) this.#take(subject, whole);
      else if (rejected?.fault === 'chunk') this.lost(1, rejected.message);
      else if (rejected !== undefined) this.#take(subject, data); // its codec reports what is wrong
    }
  }

  #take(subject: string, data: Uint8Array): void {
    if (this.#isDoppler && isEnd(data)) this.#queue.add({ subject, data });
    else if (!this.#queue.push({ subject, data })) {
      this.lost(1, 'the queue of messages that are not read yet was full');
      return;
    }
    if (!this.#waits) return;
    this.#waits = false;
    this.listener.readable();
  }

  #isWanted(subject: string): boolean {
    if (this.nats.subjects !== 'topic') return true;
    const topic = new TextEncoder().encode(subject.slice(this.#stem.length + 1));
    for (const prefix of this.#topics) if (startsWith(topic, prefix)) return true;
    return false;
  }
}
