import type { Parts } from '../../basics/Parts.js';
import { makeWayFor, setPermissions } from '#platform';
import { type RxZmqError, SocketError } from '../../errors.js';
import { givingUp, whenGivenUp } from '../../driver/closingEndpoints.js';
import type { SocketListener, Socket, Leftover } from '../../driver/Socket.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import { openSocket } from '../../platform/openSocket.js';
import { isSocketFile, type SavantSocketSettings } from '../config/savantSocketSettings.js';

const SCHEME = 'ipc://';

/**
 * The socket of a reader or writer, with its one endpoint. The folders of a bound file are created, and it gets the permissions
 * of the options.
 */
export class SavantSocket {
  readonly #settings: SavantSocketSettings;
  readonly #listener: SocketListener;
  readonly #raw: Socket;
  /** It is being closed, or has failed. */
  #isOver = false;
  #isClosing = false;

  constructor(settings: SavantSocketSettings, listener: SocketListener) {
    this.#settings = settings;
    this.#listener = listener;
    this.#raw = openSocket(settings.raw, {
      readable: () => listener.readable(),
      writable: () => listener.writable(),
      tried: (outcome) => listener.tried?.(outcome),
      status: (status) => this.#told(status),
      failed: (error) => this.#failed(error),
      closed: (leftover) => this.#closed(leftover),
    });
    this.#open();
  }

  get id(): number {
    return this.#raw.id;
  }

  /** The actual endpoint once it is bound. */
  get endpoint(): string {
    return this.#raw.endpoint;
  }

  read(): Parts | undefined {
    return this.#isOver ? undefined : this.#raw.read();
  }

  /** Like `write` of Socket. */
  write(parts: Parts, owned: boolean): boolean | undefined {
    return this.#isOver ? false : this.#raw.write(parts, owned);
  }

  /** Like `hasRoom` of Socket. */
  hasRoom(): boolean {
    return !this.#isOver && this.#raw.hasRoom();
  }

  subscribe(topic: Uint8Array): void {
    this.#raw.subscribe(topic);
  }

  /** Idempotent. The driver may be calling back just now, so it is closed afterwards. */
  close(lingerMs: number): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#isOver = true;
    const freed = this.#settings.bind ? givingUp(this.endpoint) : undefined; // a socket that binds it meanwhile waits
    this.#settings.raw.clock.soon(() => {
      this.#raw.close(lingerMs); // it reports the same itself
      freed?.();
    });
  }

  #open(): void {
    const { bind, endpoint } = this.#settings;
    if (!bind) {
      this.#raw.connect(endpoint);
    } else if (isSocketFile(endpoint) && endpoint !== 'ipc://*') {
      makeWayFor(endpoint.slice(SCHEME.length), (reason) => {
        if (this.#isOver) return;
        if (reason) this.#fail(endpoint, reason);
        else this.#bind(endpoint);
      });
    } else {
      this.#bind(endpoint);
    }
  }

  /** Binds as soon as no socket of this process is still releasing the endpoint. */
  #bind(endpoint: string): void {
    whenGivenUp(endpoint, () => {
      if (!this.#isOver) this.#raw.bind(endpoint);
    });
  }

  #told(status: SocketStatus): void {
    const { permissions } = this.#settings;
    if (status.kind !== 'listening' || permissions === undefined) {
      this.#listener.status(status);
      return;
    }
    const { endpoint } = status;
    setPermissions(endpoint.slice(SCHEME.length), permissions, (reason) => {
      if (this.#isOver) return;
      if (reason) this.#fail(endpoint, reason);
      else this.#listener.status(status);
    });
  }

  #fail(endpoint: string, cause: Error): void {
    this.#failed(new SocketError('bind', endpoint, cause.message, { cause }));
  }

  #failed(error: RxZmqError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listener.failed(error);
  }

  #closed(leftover: Leftover): void {
    this.#listener.closed(leftover);
  }
}
