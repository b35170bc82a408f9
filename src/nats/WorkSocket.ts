import type { SocketListener } from '../driver/Socket.js';
import type { SocketSettings } from '../driver/SocketSettings.js';
import { SocketError } from '../errors.js';
import { Backoff } from '../time/Backoff.js';
import type { LoadNats } from './NatsLibrary.js';
import { NatsSocket, type Up } from './NatsSocket.js';
import { workQueueOf, type WorkQueue } from './workQueue.js';

const NO_JETSTREAM = 'it has no JetStream, which work queues need: start it with nats-server -js';

/** PUSH or PULL. With each connection it looks up what the work queue needs on the server, and creates it if it is missing. */
export abstract class WorkSocket extends NatsSocket {
  protected readonly queue: WorkQueue;
  /** The connection, while the queue can be used over it. */
  protected ready: Up | undefined;
  readonly #backoff: Backoff;
  #cancelRetry: (() => void) | undefined;

  constructor(settings: SocketSettings, load: LoadNats, listener: SocketListener) {
    super(settings, load, listener);
    this.queue = workQueueOf(this.nats.base);
    this.#backoff = new Backoff(settings.reconnect || { initialMs: 100, maxMs: 2000 });
  }

  /** Creates what the queue needs. Rejects if that fails. */
  protected abstract prepare(up: Up): Promise<void>;
  /** The queue can be used now. */
  protected abstract start(up: Up): void;

  protected override connected(up: Up): void {
    this.#cancelRetry?.();
    void this.#set(up);
  }

  protected override disconnected(): void {
    this.#cancelRetry?.();
    this.ready = undefined;
  }

  /** The queue cannot be used now, for this reason: the socket looks it up again after a while. */
  protected unready(reason: string): void {
    if (this.ready === undefined) return;
    const up = this.ready;
    this.ready = undefined;
    this.#retry(up, reason);
  }

  protected override stopped(): void {
    // retries continue: a closing push still has messages to send
  }

  protected override leaving(): void {
    this.#cancelRetry?.();
    this.ready = undefined;
  }

  async #set(up: Up): Promise<void> {
    try {
      await this.prepare(up);
    } catch (error) {
      if (up === this.up) this.#failedOnce(up, error as Error);
      return;
    }
    if (up !== this.up) return;
    this.ready = up;
    this.#backoff.ended(Infinity);
    this.start(up);
  }

  #failedOnce(up: Up, error: Error): void {
    const { status = 0 } = error as { status?: number };
    const isWithout = error.name === 'JetStreamNotEnabled' && up.client.info?.jetstream !== true;
    if (isWithout) this.failed(new SocketError('open', this.endpoint, NO_JETSTREAM, { cause: error }));
    else if (status >= 400 && status < 500) {
      const text = `the work queue cannot be made: ${error.message}`;
      this.failed(new SocketError('open', this.endpoint, text, { cause: error }));
    } else this.#retry(up, error.message);
  }

  #retry(up: Up, reason: string): void {
    const delayMs = this.#backoff.next();
    this.notify({ kind: 'retrying', endpoint: this.endpoint, delayMs, reason });
    this.#cancelRetry?.();
    // eslint-disable-next-line no-restricted-syntax -- looks it up again
    this.#cancelRetry = this.settings.clock.after(delayMs, () => {
      if (up === this.up) void this.#set(up);
    });
  }
}
