import { retell } from '../../basics/retell.js';
import { OverflowError } from '../../errors.js';
import type { Delivery } from '../../demand/Delivery.js';
import type { Gate } from '../../demand/Gate.js';
import { takeDelivery } from '../../demand/takeDelivery.js';
import type { Waiter } from '../../demand/types.js';
import { callerContext } from '../../basics/callerContext.js';
import type { Handlers } from '../../rx/operate.js';
import type { Outlet } from '../../rx/Outlet.js';
import { Queue } from '../../basics/Queue.js';

/** What to do with a value when the buffer is full. */
export type BufferPolicy = 'error' | 'drop-oldest' | 'drop-newest';

interface BufferSettings {
  readonly size: number;
  readonly policy: BufferPolicy;
  /** Whether a full buffer holds back its source. */
  readonly holdsBack: boolean;
}

/** One subscription of a buffer: emits while its consumer is ready, and keeps the rest. */
export class BufferFlow<T> implements Handlers<T> {
  readonly #settings: BufferSettings;
  readonly #out: Outlet<T>;
  readonly #gate: Gate;
  readonly #values = new Queue<T>();
  readonly #deliveries = new Queue<Delivery | null>();
  readonly #context = callerContext();
  readonly #waiter: Waiter = { room: () => this.#context.runInAsyncScope(this.#flush) };
  #flushing = false;
  #completed = false;

  constructor(settings: BufferSettings, out: Outlet<T>, gate: Gate) {
    this.#settings = settings;
    this.#out = out;
    this.#gate = gate;
  }

  hasRoom(): boolean {
    return !this.#settings.holdsBack || this.#values.size < this.#settings.size;
  }

  /** Several values that one read expands to do not count as overflow: the source was held back before. */
  next(value: T, governed: boolean): void {
    const { size, policy, holdsBack } = this.#settings;
    if (this.#values.size >= size && !(governed && holdsBack)) {
      if (policy === 'drop-newest') return;
      if (policy === 'error') throw overflow(size);
      this.#values.shift();
      this.#deliveries.shift()?.done();
    }
    this.#values.push(value);
    this.#deliveries.push(takeDelivery());
    this.#flush();
  }

  complete(): void {
    this.#completed = true;
    this.#flush();
  }

  finalize(): void {
    this.#out.demand?.leave(this.#waiter);
    this.#values.clear();
    this.#deliveries.clear();
  }

  readonly #flush = (): void => {
    if (this.#flushing) return;
    this.#flushing = true;
    const { demand } = this.#out;
    while (this.#values.size > 0 && !this.#out.closed) {
      if (demand && !demand.hasRoom()) {
        demand.wait(this.#waiter);
        break;
      }
      const delivery = this.#deliveries.shift() as Delivery | null;
      this.#out.next(this.#values.shift() as T, true, delivery);
      delivery?.done();
      this.#gate.pass();
    }
    this.#flushing = false;
    if (this.#values.size > 0) return;
    if (this.#completed) this.#out.complete();
    demand?.pass();
  };
}

function overflow(size: number): OverflowError {
  const error = new OverflowError(size, 'bounded');
  retell(
    error,
    `bounded: more than ${size} values wait, and its policy is 'error'; 'drop-oldest' and 'drop-newest' go on`,
  );
  return error;
}
