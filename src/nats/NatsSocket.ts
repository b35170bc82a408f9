import type { NatsConnection as Client } from '@nats-io/nats-core';
import type { Parts } from '../basics/Parts.js';
import { UnsupportedError, type RxZmqError } from '../errors.js';
import type { NatsSettings } from '../driver/NatsSettings.js';
import { nextSocketId, NOT_TAKEN, type Socket, type SocketListener } from '../driver/Socket.js';
import type { SocketSettings } from '../driver/SocketSettings.js';
import type { StatusOf } from '../driver/SocketStatus.js';
import { Linger } from '../time/Linger.js';
import { Losses } from './Losses.js';
import { NatsConnection } from './NatsConnection.js';
import type { LoadNats, NatsLibrary } from './NatsLibrary.js';

/** How long a connection may take to say good-bye, in ms: what was published goes out before. */
const FAREWELL_MS = 1000;

/** A connection that is there. */
export interface Up {
  readonly client: Client;
  readonly library: NatsLibrary;
}

/** A socket over NATS from when it is asked for to when it is gone. What it sends and receives is for those who extend this. */
export abstract class NatsSocket implements Socket {
  readonly id = nextSocketId();
  /** A server does not say. */
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

  /** The connection is there, for the first time or again. Subscriptions that were made come back by themselves. */
  protected abstract connected(up: Up): void;
  /** It is gone: what was published and not confirmed may be lost. */
  protected abstract disconnected(): void;
  /** It takes and gives nothing any more. */
  protected abstract stopped(): void;
  /** Messages that were taken and are not confirmed. */
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
    this.failed(new UnsupportedError(`${endpoint}: nobody binds to a server of NATS, all connect`));
  }

  connect(): void {
    // it is under way: all endpoints are servers of one cluster
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

  /** The last that is said before the connection is given up. */
  protected leaving(): void {
    // nothing
  }

  /** There is room. What can never be sent is found out only now. */
  protected tellRoom(): void {
    try {
      this.listener.writable();
    } catch (error) {
      this.failed(error as RxZmqError);
    }
  }

  /** Something was confirmed: what is being closed may be done. */
  protected confirmed(): void {
    this.#linger?.progress();
    if (this.closing && this.unconfirmed === 0) this.#end();
  }

  protected notify(status: StatusOf): void {
    this.listener.status({ ...status, socketId: this.id });
  }

  /** Tells of losses, together with those that come soon after. */
  protected lost(count: number, reason: string): void {
    this.#losses.add(count, reason);
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
    await Promise.resolve(); // it may have been closed by what a message brought about, which is settled right after
    this.leaving();
    const { client } = this.up ?? {};
    if (client !== undefined) {
      let cancel = (): void => undefined;
      const late = new Promise<void>((resolve) => {
        // eslint-disable-next-line no-restricted-syntax -- nothing is decided: a server that hangs is left
        cancel = this.settings.clock.after(FAREWELL_MS, resolve);
      });
      await Promise.race([client.flush().catch(() => undefined), late]);
      cancel();
    }
    await this.#connection.close();
    const messages = this.unconfirmed;
    if (messages > 0) this.lost(messages, NOT_TAKEN);
    this.#losses.close();
    this.notify({ kind: 'closed', endpoint: this.endpoint });
    this.listener.closed({ messages });
  }
}
