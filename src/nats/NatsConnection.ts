import type { ConnectionOptions, NatsConnection as Client, Status } from '@nats-io/nats-core';
import { OptionError, RxZmqError, SecurityError, SocketError } from '../errors.js';
import type { SocketSettings } from '../driver/SocketSettings.js';
import type { StatusOf } from '../driver/SocketStatus.js';
import { Backoff } from '../time/Backoff.js';
import { connectOptions } from './connectOptions.js';
import type { LoadNats, NatsLibrary } from './NatsLibrary.js';

const NO_RETRY = { initialMs: 1, maxMs: 1 };

/** The listener of a connection. */
export interface ConnectionListener {
  status(status: StatusOf): void;
  /** The connection is open, for the first time or again. */
  connected(client: Client, library: NatsLibrary): void;
  /** The connection is lost: messages published from now on are not sent. */
  disconnected(): void;
  failed(error: RxZmqError): void;
}

/**
 * A connection to a NATS server, or to any server of a cluster. It connects as soon as a server answers, and reconnects after each loss.
 */
export class NatsConnection {
  readonly #settings: SocketSettings;
  readonly #listener: ConnectionListener;
  readonly #load: LoadNats;
  readonly #backoff: Backoff;
  #client: Client | undefined;
  #closing = false;
  /** It is open. The client reports a loss, and its end, once more for each attempt over WebSocket that failed meanwhile. */
  #isOpen = false;
  #cancelRetry: (() => void) | undefined;
  #delayMs = 0;
  #connectedAt = 0;

  constructor(settings: SocketSettings, load: LoadNats, listener: ConnectionListener) {
    this.#settings = settings;
    this.#load = load;
    this.#listener = listener;
    this.#backoff = new Backoff(settings.reconnect || NO_RETRY);
    void this.#open();
  }

  /** Closes the connection. If it is open, published messages are sent before. Never rejects. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#cancelRetry?.();
    await this.#client?.close().catch(() => undefined);
  }

  async #open(): Promise<void> {
    try {
      const library = await this.#load(this.#settings.nats!.servers[0]!.startsWith('ws'));
      const options = await connectOptions(this.#settings, library, () => this.#delayMs);
      if (!this.#closing) await this.#connect(library, options);
    } catch (cause) {
      if (this.#closing) return;
      const error = cause instanceof RxZmqError ? cause : this.#error(cause);
      this.#listener.failed(error);
    }
  }

  /** Tries to connect until it succeeds or the connection is closed. */
  async #connect(library: NatsLibrary, options: ConnectionOptions): Promise<void> {
    this.#notify({ kind: 'connecting', endpoint: this.#endpoint });
    try {
      this.#client = await library.connect(options);
    } catch (cause) {
      if (this.#closing) return;
      if (isOurFault(cause)) throw cause;
      this.#failedOnce(cause);
      if (this.#settings.reconnect === false) return;
      this.#retry(() => void this.#connect(library, options).catch((error: unknown) => this.#fail(error)));
      return;
    }
    if (this.#closing) return void this.#client.close();
    void this.#watch(this.#client, library);
    this.#there(library);
  }

  #there(library: NatsLibrary): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#connectedAt = this.#settings.clock.now();
    this.#delayMs = this.#backoff.next();
    this.#notify({ kind: 'connected', endpoint: this.#endpoint });
    if (!this.#closing) this.#listener.connected(this.#client!, library);
  }

  /** Reports the events of the client as statuses. */
  async #watch(client: Client, library: NatsLibrary): Promise<void> {
    let reason = 'the connection was lost';
    for await (const status of client.status()) {
      if (this.#closing) continue;
      if (status.type === 'error') {
        reason = status.error.message;
        this.#serverSaid(status.error);
      } else if (status.type === 'disconnect') {
        if (!this.#isOpen) continue;
        this.#isOpen = false;
        this.#backoff.ended(this.#settings.clock.now() - this.#connectedAt);
        this.#delayMs = this.#backoff.next();
        this.#listener.disconnected();
        this.#notify({ kind: 'disconnected', endpoint: this.#endpoint, reason });
        reason = 'the connection was lost';
      } else this.#reconnects(status, library);
    }
    if (!this.#closing && this.#settings.reconnect !== false) this.#fail(await client.closed());
  }

  #reconnects({ type }: Status, library: NatsLibrary): void {
    if (type === 'reconnecting') {
      this.#notify({ kind: 'retrying', endpoint: this.#endpoint, delayMs: this.#delayMs });
      this.#delayMs = this.#backoff.next();
      this.#notify({ kind: 'connecting', endpoint: this.#endpoint });
    } else if (type === 'reconnect') this.#there(library);
  }

  #serverSaid(error: Error): void {
    if (isRefusal(error)) this.#refused(error);
    else if (error.name === 'PermissionViolationError') {
      this.#notify({
        kind: 'handshakeFailed',
        endpoint: this.#endpoint,
        reason: error.message,
        error: this.#security(error),
      });
    }
  }

  #failedOnce(cause: unknown): void {
    if (isRefusal(cause)) this.#refused(cause);
    else this.#delayMs = this.#backoff.next();
  }

  #refused(cause: unknown): void {
    const error = this.#security(cause);
    this.#delayMs = this.#backoff.slowest();
    this.#notify({ kind: 'handshakeFailed', endpoint: this.#endpoint, reason: error.reason, error });
  }

  #retry(again: () => void): void {
    if (this.#closing) return;
    this.#notify({ kind: 'retrying', endpoint: this.#endpoint, delayMs: this.#delayMs });
    // eslint-disable-next-line no-restricted-syntax -- tries again
    this.#cancelRetry = this.#settings.clock.after(this.#delayMs, again);
  }

  #fail(cause: unknown): void {
    if (!this.#closing) this.#listener.failed(cause instanceof RxZmqError ? cause : this.#error(cause));
  }

  #security(cause: unknown): SecurityError {
    return new SecurityError(this.#endpoint, this.#provesSomething ? 'plain' : 'null', messageOf(cause), { cause });
  }

  get #provesSomething(): boolean {
    return Object.values(this.#settings.nats!.secrets()).some((secret) => secret !== undefined);
  }

  #error(cause: unknown): SocketError {
    return new SocketError('connect', this.#endpoint, messageOf(cause), { cause });
  }

  #notify(status: StatusOf): void {
    this.#listener.status(status);
  }

  get #endpoint(): string {
    return this.#settings.endpoints.join(', ');
  }
}

/** Whether the server has refused this user. */
function isRefusal(cause: unknown): boolean {
  const { name } = (cause ?? {}) as Partial<Error>;
  return name === 'AuthorizationError' || name === 'UserAuthenticationExpiredError';
}

/** Whether another try would fail too, as the options are invalid. */
function isOurFault(cause: unknown): boolean {
  return cause instanceof OptionError || (cause as Partial<Error>).name === 'InvalidArgumentError';
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
