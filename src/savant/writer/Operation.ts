import { SocketError } from '../../errors.js';
import { onAbort } from '../../basics/onAbort.js';
import { type WaitOptions, type Waiter, waitAmong } from '../socket/waiters.js';
import type { WriteOperation } from './SavantWriter.js';
import type { WriterResult } from './WriterResult.js';

/** The outcome of a message. */
type Outcome = { readonly result: WriterResult } | { readonly error: unknown };

/** The sending of one message by a writer's handle. */
export class Operation implements WriteOperation {
  readonly #endpoint: string;
  readonly #waiters = new Set<Waiter<WriterResult>>();
  readonly #enqueuedWaiters = new Set<Waiter<void>>();
  #isEnqueued = false;
  #outcome: Outcome | undefined;
  #isTaken = false;
  /** Removes its listener from the signal. */
  #unheed: (() => void) | undefined;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  get enqueued(): Promise<void> {
    return this.#isEnqueued ? Promise.resolve() : waitAmong(this.#enqueuedWaiters, undefined);
  }

  async get({ signal }: WaitOptions = {}): Promise<WriterResult> {
    signal?.throwIfAborted();
    return this.tryGet() ?? waitAmong(this.#waiters, signal);
  }

  tryGet(): WriterResult | undefined {
    if (this.#isTaken) throw new SocketError('send', this.#endpoint, 'the result of this message was already taken');
    const outcome = this.#outcome;
    if (outcome === undefined) return undefined;
    this.#isTaken = true;
    if ('error' in outcome) throw outcome.error;
    return outcome.result;
  }

  /** Calls back when its signal aborts, until it is being sent. */
  heed(signal: AbortSignal, aborted: (reason: unknown) => void): void {
    this.#unheed = onAbort(signal, () => aborted(signal.reason));
  }

  /** It is being sent. */
  begin(): void {
    this.#unheed?.();
    this.enqueue();
  }

  /** It has a place in the queue, or does not need one any more. */
  enqueue(): void {
    if (this.#isEnqueued) return;
    this.#isEnqueued = true;
    for (const waiter of [...this.#enqueuedWaiters]) waiter.resolve();
  }

  settle(outcome: Outcome): void {
    if (this.#outcome) return;
    this.#outcome = outcome;
    this.begin();
    const [first, ...others] = this.#waiters;
    if (first === undefined) return;
    this.#isTaken = true;
    if ('error' in outcome) first.reject(outcome.error);
    else first.resolve(outcome.result);
    for (const waiter of others) {
      waiter.reject(new SocketError('send', this.#endpoint, 'the result of this message was already taken'));
    }
  }
}
