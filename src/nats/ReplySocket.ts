import type { Msg, Subscription } from '@nats-io/nats-core';
import { decodeUtf8, encodeUtf8 } from '../codecs/utf8.js';
import type { Parts } from '../basics/Parts.js';
import { Reassembly } from '../dpstream/Reassembly.js';
import type { SocketListener } from '../driver/Socket.js';
import type { SocketSettings } from '../driver/SocketSettings.js';
import { BoundedQueue } from './BoundedQueue.js';
import { splitParts } from './envelope.js';
import type { LoadNats } from './NatsLibrary.js';
import { NatsSocket, type Up } from './NatsSocket.js';
import { isDoppler, toMessage, toParts } from './subjects.js';

interface Arrived {
  /** The subject of the reply. */
  readonly reply: string;
  readonly data: Uint8Array;
}

/** ROUTER, for replies: the routing id of a peer is the subject of its reply. */
export class ReplySocket extends NatsSocket {
  readonly #queue: BoundedQueue<Arrived>;
  readonly #reassembly: Reassembly | undefined;
  #subscription: Subscription | undefined;
  #refused = true;
  #waits = true;

  constructor(settings: SocketSettings, load: LoadNats, listener: SocketListener) {
    super(settings, load, listener);
    this.#queue = new BoundedQueue(settings, ({ data }) => data.length);
    this.#reassembly = isDoppler(this.nats) ? new Reassembly(settings.maxMessageBytes) : undefined;
  }

  override read(): Parts | undefined {
    const next = this.#queue.shift();
    if (next === undefined) {
      this.#waits = true;
      return undefined;
    }
    const body = toParts(this.nats, this.nats.base, this.nats.base, next.data);
    return [encodeUtf8('reply', next.reply), new Uint8Array(), ...body];
  }

  override write(parts: Parts, owned = false): boolean {
    if (!this.hasRoom()) return false;
    const { client } = this.up!;
    const { envelope, body } = splitParts(parts);
    const subject = decodeUtf8('reply', envelope[0]!);
    const { data } = toMessage(this.nats, subject, body, owned);
    const most = client.info!.max_payload;
    if (data.length > most) {
      this.lost(1, `a reply of ${data.length} bytes is longer than the ${most} that the server lets through`);
    } else client.publish(subject, data);
    return true;
  }

  override hasRoom(): boolean {
    const hasRoom = this.up !== undefined && !this.closing;
    if (!hasRoom) this.#refused = true;
    return hasRoom;
  }

  protected override connected({ client }: Up): void {
    const { base, queue } = this.nats;
    this.#subscription ??= client.subscribe(base, {
      callback: (error, message) => this.#arrived(error, message),
      ...(queue !== undefined && { queue }),
    });
    if (!this.#refused) return;
    this.#refused = false;
    this.tellRoom();
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

  #arrived(error: Error | null, { data, reply = '' }: Msg): void {
    if (error !== null || this.closing) return;
    const { message, abandoned, rejected } = this.#reassembly?.put(data) ?? { message: data };
    if (abandoned !== undefined) this.lost(1, abandoned);
    if (rejected?.fault === 'chunk') this.lost(1, rejected.message);
    const whole = message ?? (rejected?.fault === 'chunk' ? undefined : rejected && data);
    if (whole === undefined) return;
    if (reply === '') this.lost(1, 'a request that does not say where its reply goes');
    else if (whole.length > this.settings.maxMessageBytes) this.lost(1, 'a request was longer than maxMessageBytes');
    else if (!this.#queue.push({ reply, data: whole })) this.lost(1, 'the queue of requests was full');
    else if (this.#waits) {
      this.#waits = false;
      this.listener.readable();
    }
  }
}
