import { type Observable, Subscription } from 'rxjs';
import { Delivery } from '../demand/Delivery.js';
import { Gate } from '../demand/Gate.js';
import { requireRoom } from '../demand/overflow.js';
import { slot } from '../demand/slot.js';
import { takeDelivery } from '../demand/takeDelivery.js';
import { under } from '../demand/under.js';
import { chain } from './chain.js';
import { onAbort } from '../basics/onAbort.js';
import { Queue } from '../basics/Queue.js';

interface PendingNext<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/** The state of an iteration; `failed` until its error has been thrown once. */
type State = { kind: 'new' | 'open' | 'completed' | 'closed' } | { kind: 'failed'; error: unknown };

/** One run of an async iterator over an Observable, ready for one value only while a `next()` is pending. */
export class Iteration<T> implements AsyncIterableIterator<T, undefined>, AsyncDisposable {
  readonly #source: Observable<T>;
  readonly #signal: AbortSignal | undefined;
  readonly #maxBuffered: number;
  readonly #values = new Queue<T>();
  readonly #deliveries = new Queue<Delivery | null>();
  /** The deliveries of the values that the loop has now: done once the next value is requested. */
  #held: Delivery | null = null;
  readonly #pending = new Queue<PendingNext<T>>();
  readonly #subscription = new Subscription();
  readonly #gate = new Gate(() => this.#pending.size > this.#values.size, undefined);
  #state: State = { kind: 'new' };

  constructor(source: Observable<T>, signal: AbortSignal | undefined, maxBuffered: number) {
    this.#source = source;
    this.#signal = signal;
    this.#maxBuffered = maxBuffered;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const held = this.#held;
    this.#held = null;
    held?.done();
    return new Promise((resolve, reject) => {
      this.#pending.push({ resolve, reject });
      if (this.#state.kind === 'new') this.#open();
      this.#settle();
      this.#gate.pass();
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#close({ kind: 'closed' });
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    this.#close({ kind: 'closed' });
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- it is the caller's exception
    return Promise.reject(error);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #open(): void {
    this.#state = { kind: 'open' };
    if (this.#signal?.aborted) {
      this.#close({ kind: 'failed', error: this.#signal.reason });
      return;
    }
    const signal = this.#signal;
    if (signal) this.#subscription.add(onAbort(signal, () => this.#close({ kind: 'failed', error: signal.reason })));
    const observer = {
      next: (value: T) => this.#take(value),
      error: (error: unknown) => this.#end({ kind: 'failed', error }),
      complete: () => this.#end({ kind: 'completed' }),
    };
    const subscriber = chain<T>(this.#subscription, observer, { announces: this.#gate });
    this.#gate.source = this.#source;
    under(this.#gate, () => this.#source.subscribe(subscriber));
  }

  #take(value: T): void {
    this.#gate.taken += 1;
    try {
      if (slot.asked !== this.#gate && this.#pending.size === 0) {
        requireRoom({ of: 'iterate' }, this.#values.size, this.#maxBuffered);
      }
    } catch (error) {
      this.#end({ kind: 'failed', error });
      return;
    }
    this.#values.push(value);
    this.#deliveries.push(takeDelivery());
    this.#settle();
  }

  /** The source has ended; queued values are still returned. */
  #end(state: State): void {
    this.#state = state;
    this.#subscription.unsubscribe();
    this.#gate.end();
    this.#settle();
  }

  /** The loop has ended. */
  #close(state: State): void {
    if (this.#state.kind === 'closed') return;
    this.#values.clear();
    this.#deliveries.clear();
    this.#end(state);
  }

  #settle(): void {
    while (this.#pending.size > 0 && this.#values.size > 0) {
      this.#held = Delivery.join(this.#held, this.#deliveries.shift() as Delivery | null);
      this.#pending.shift()?.resolve({ done: false, value: this.#values.shift() as T });
    }
    if (this.#state.kind === 'new' || this.#state.kind === 'open') return;
    for (let turn = this.#pending.shift(); turn; turn = this.#pending.shift()) {
      if (this.#state.kind === 'failed') {
        turn.reject(this.#state.error);
        this.#state = { kind: 'closed' };
      } else {
        turn.resolve({ done: true, value: undefined });
      }
    }
  }
}
