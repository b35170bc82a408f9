import { SocketError, type SocketOperation } from '../../errors.js';

const REASONS = {
  new: 'is not started; call start() first',
  running: 'is still being shut down; wait until start() has resolved', // it was started again meanwhile
  over: 'was shut down',
};

/**
 * Whether a handle is running. A handle without a queue of its own can be started again after its shutdown, as savant_rs's
 * blocking readers and writers can.
 */
export class Lifetime {
  readonly #what: string;
  readonly #restarts: boolean;
  #state: 'new' | 'running' | 'over' = 'new';

  /** @param what its name in error texts */
  constructor(what: string, restarts: boolean) {
    this.#what = what;
    this.#restarts = restarts;
  }

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /** As in savant_rs: a handle that cannot be started again stays started. */
  get isStarted(): boolean {
    return this.#state === 'running' || (this.#state === 'over' && !this.#restarts);
  }

  get isShutdown(): boolean {
    return this.#state === 'over';
  }

  /** @throws SocketError */
  start(endpoint: string): void {
    if (this.#state === 'running') throw new SocketError('open', endpoint, `the ${this.#what} is started already`);
    if (this.#state === 'over' && !this.#restarts) {
      throw new SocketError('open', endpoint, `the ${this.#what} was shut down, and cannot be started again`);
    }
    this.#state = 'running';
  }

  /** The start has failed. */
  unstart(): void {
    this.#state = 'new';
  }

  /** @throws SocketError */
  stop(endpoint: string): void {
    this.require('close', endpoint);
    this.#state = 'over';
  }

  /** @throws SocketError if it is not running */
  require(operation: SocketOperation, endpoint: string): void {
    if (this.#state !== 'running') throw this.error(operation, endpoint);
  }

  /** The reason why an operation is not possible now. */
  error(operation: SocketOperation, endpoint: string): SocketError {
    return new SocketError(operation, endpoint, `the ${this.#what} ${REASONS[this.#state]}`);
  }
}
