import type { NatsConnection as Client } from '@nats-io/nats-core';
import type { Parts } from '../basics/Parts.js';
import { UnsupportedError, type RxZmqError } from '../errors.js';
import type { NatsSettings } from '../driver/NatsSettings.js';
import { nextSocketId, NOT_TAKEN, type Socket, type SocketListener } from '../driver/Socket.js';
import type { SocketSettings } from '../driver/SocketSettings.js';
import type { StatusOf } from '../driver/SocketStatus.js';
import { Linger } from '../time/Linger.js';
import { Losses } from '../driver/Losses.js';
import { NatsConnection } from './NatsConnection.js';
import type { LoadNats, NatsLibrary } from './NatsLibrary.js';

/** How long closing a connection may take, in ms: published messages are sent before. */
const FAREWELL_MS = 1000;

/** An open connection. */
export interface Up {
  readonly client: Client;
  readonly library: NatsLibrary;
}

/** A socket over NATS from the request for it to its end. Subclasses send and receive. */
export abstract class NatsSocket implements Socket {
  readonly id = nextSocketId();
  /** The server does not report it. */
  readonly from = undefined;
  readonly endpoint: string;
  protected readonly settings: SocketSettings;
  protected readonly nats: NatsSettings;
  protected readonly listener: SocketListener;
  /** `undefined` while there is no connection. */
  protected up: Up | undefined;
  protected closing = false;
  readonly #connection: NatsConnection;
  readonly #losses: Losses;
  #linger: Linger | undefined;
  #ended = false;

  constructor(settings: SocketSettings, load: LoadNats, listener: SocketListener) {
    this.settings = settings;
    this.nats = settings.nats!;
    this.listener = listener;
    this.endpoint = settings.endpoints.join(', ');
    this.#losses = new Losses(settings.clock, (count, reason) =>
      this.notify({ kind: 'dropped', endpoint: this.endpoint, count, reason }),
    );
    this.#connection = new NatsConnection(settings, load, {
      status: (status) => this.notify(status),
      connected: (client, library) => {
        this.up = { client, library };
        this.connected(this.up);
      },
      disconnected: () => {
        this.up = undefined;
        this.disconnected();
      },
      failed: (error) => this.failed(error),
    });
  }

  /** The connection is open, for the first time or again. The client restores earlier subscriptions by itself. */
  protected abstract connected(up: Up): void;
  /** The connection is lost: published messages that are not confirmed may be lost. */
  protected abstract disconnected(): void;
  /** The socket must not accept or return messages any more. */
  protected abstract stopped(): void;
  /** How many accepted messages are not confirmed. */
  protected abstract get unconfirmed(): number;

  read(): Parts | undefined {
    return undefined;
  }

  write(_parts: Parts, _owned?: boolean): boolean {
    return false;
  }

  hasRoom(): boolean {
    return false;
  }

  withdraw(_parts: Parts): boolean {
    return false;
  }

  bind(endpoint: string): void {
    this.failed(new UnsupportedError(`${endpoint}: a server of NATS cannot be bound to: all sides connect`));
  }

  connect(): void {
    // it connects by itself: all endpoints are servers of one cluster
  }

  unbind(): boolean {
    return false;
  }

  disconnect(): boolean {
    return false;
  }

  subscribe(_topic: Uint8Array): void {
    // only sub has topics
  }

  unsubscribe(_topic: Uint8Array): void {
    // only sub has topics
  }

  join(): void {
    // no type here has groups
  }

  leave(): void {
    // no type here has groups
  }

  close(lingerMs: number): void {
    if (this.closing) return;
    this.closing = true;
    this.stopped();
    if (this.unconfirmed === 0 || lingerMs === 0) this.#end();
    else {
      this.#linger = new Linger(
        this.settings.clock,
        () => this.#end(),
        () => this.unconfirmed,
      ).start(lingerMs);
    }
  }

  /** Sends the last messages before the connection is closed. */
  protected leaving(): void {
    // nothing
  }

  /** Calls `writable` of the listener. Messages that can never be sent are detected only then. */
  protected tellRoom(): void {
    try {
      this.listener.writable();
    } catch (error) {
      this.failed(error as RxZmqError);
    }
  }

  /** The server has confirmed something: a socket that is closing may be done. */
  protected confirmed(): void {
    this.#linger?.progress();
    if (this.closing && this.unconfirmed === 0) this.#end();
  }

  protected notify(status: StatusOf): void {
    this.listener.status({ ...status, socketId: this.id });
  }

  /** Reports losses, together with those that follow soon after. */
  protected lost(count: number, reason: string): void {
    this.#losses.add(count, reason);
    this.#losses.tellSoon();
  }

  protected failed(error: RxZmqError): void {
    if (!this.closing) this.listener.failed(error);
    else this.#end();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#linger?.stop();
    void this.#farewell();
  }

  async #farewell(): Promise<void> {
    await Promise.resolve(); // a message may have caused the close, and is settled right after
    this.leaving();
    const { client } = this.up ?? {};
    if (client !== undefined) {
      let cancel = (): void => undefined;
      const late = new Promise<void>((resolve) => {
        // eslint-disable-next-line no-restricted-syntax -- no decision: do not wait for a server that hangs
        cancel = this.settings.clock.after(FAREWELL_MS, resolve);
      });
      await Promise.race([client.flush().catch(() => undefined), late]);
      cancel();
    }
    this.up = undefined; // a closed client throws when it publishes
    await this.#connection.close();
    const messages = this.unconfirmed;
    if (messages > 0) this.lost(messages, NOT_TAKEN);
    this.#losses.tell();
    this.notify({ kind: 'closed', endpoint: this.endpoint });
    this.listener.closed({ messages });
  }
}
