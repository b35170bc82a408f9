import type { Msg } from '@nats-io/nats-core';
import type { Parts } from '../basics/Parts.js';
import { Queue } from '../basics/Queue.js';
import { NoRespondersError } from '../errors.js';
import { FrameError } from '../samples/FrameError.js';
import { splitParts } from './envelope.js';
import { NatsSocket, type Up } from './NatsSocket.js';
import { toMessage, toParts } from './subjects.js';

/** How many requests may wait for their replies. */
const MOST = 10_000;
const NO_RESPONDERS = 503;

/**
 * DEALER, for requests: each has its own subject for the reply, so that a reply cannot be mistaken for that to another request. The
 * envelope of a request is not sent.
 */
export class RequestSocket extends NatsSocket {
  readonly #queue = new Queue<Parts>();
  /** Requests that wait for their replies, by the number at the end of their reply subject. */
  readonly #waiting = new Map<number, Parts>();
  #inbox: string | undefined;
  #next = 0;
  #refused = true;
  #waits = true;

  override read(): Parts | undefined {
    const parts = this.#queue.shift();
    if (parts === undefined) this.#waits = true;
    return parts;
  }

  override write(parts: Parts, owned = false): boolean {
    if (!this.hasRoom()) return false;
    const { client } = this.up!;
    const { body } = splitParts(parts);
    const { base } = this.nats;
    const { data } = toMessage(this.nats, base, body, owned);
    const most = client.info!.max_payload;
    if (data.length > most) {
      const text = `a request of ${data.length} bytes is longer than the ${most} that the server lets through`;
      throw new FrameError('length', text);
    }
    this.#next += 1;
    this.#waiting.set(this.#next, parts);
    client.publish(base, data, { reply: `${this.#inbox!}.${this.#next}` });
    return true;
  }

  override hasRoom(): boolean {
    const hasRoom = this.up !== undefined && !this.closing && this.#waiting.size < MOST;
    if (!hasRoom) this.#refused = true;
    return hasRoom;
  }

  /** The request is sent already; its reply will be ignored. */
  override withdraw(parts: Parts): boolean {
    for (const [number, waiting] of this.#waiting) {
      if (waiting !== parts) continue;
      this.#waiting.delete(number);
      break;
    }
    return false;
  }

  protected override connected({ client, library }: Up): void {
    if (this.#inbox === undefined) {
      this.#inbox = library.core.createInbox();
      client.subscribe(`${this.#inbox}.*`, { callback: (error, message) => this.#answered(error, message) });
    }
    this.#tellRoom();
  }

  protected override disconnected(): void {
    // waiting requests time out
  }

  protected override stopped(): void {
    this.#waiting.clear();
    this.#queue.clear();
  }

  protected override get unconfirmed(): number {
    return 0;
  }

  #answered(error: Error | null, message: Msg): void {
    if (error !== null || this.closing) return;
    const number = Number(message.subject.slice(this.#inbox!.length + 1));
    const request = this.#waiting.get(number);
    if (request === undefined) {
      this.lost(1, 'a reply to a request that has ended');
      return;
    }
    this.#waiting.delete(number);
    this.#tellRoom();
    if (this.closing) return;
    if (message.data.length === 0 && message.headers?.code === NO_RESPONDERS) {
      this.listener.refused?.(request, new NoRespondersError(this.endpoint));
      return;
    }
    const body = toParts(this.nats, this.nats.base, message.subject, message.data);
    this.#queue.push([...splitParts(request).envelope, ...body]);
    if (!this.#waits) return;
    this.#waits = false;
    this.listener.readable();
  }

  #tellRoom(): void {
    if (!this.#refused || this.up === undefined || this.closing) return;
    this.#refused = false;
    this.tellRoom();
  }
}
