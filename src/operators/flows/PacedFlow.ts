import { from, type ObservableInput, Subscription } from 'rxjs';
import { Queue } from '../../basics/Queue.js';
import type { Delivery } from '../../demand/Delivery.js';
import type { Gate } from '../../demand/Gate.js';
import { requireRoom } from '../../demand/overflow.js';
import { slot } from '../../demand/slot.js';
import { takeDelivery } from '../../demand/takeDelivery.js';
import type { Handlers } from '../../rx/operate.js';
import type { Outlet } from '../../rx/Outlet.js';
import { requireRealTime } from '../../time/VirtualTime.js';
import { InnerStream, type InnerStreams } from './InnerStream.js';
import { StreamList } from './StreamList.js';

interface PacedSettings {
  /** The name of the operator, for its errors. */
  readonly of: string;
  readonly concurrency: number;
  readonly ordered: boolean;
  readonly maxBuffered: number;
}

/** An input that waits for a place. */
interface Waiting<T> {
  readonly value: T;
  /** Whether it was emitted in response to demand. */
  readonly governed: boolean;
  readonly delivery: Delivery | null;
}

/** One subscription of `pacedMap`. */
export class PacedFlow<T, R> implements Handlers<T>, InnerStreams<R> {
  readonly #project: (value: T, index: number) => ObservableInput<R>;
  readonly #settings: PacedSettings;
  readonly #out: Outlet<R>;
  readonly #gate: Gate;
  readonly #waiting = new Queue<Waiting<T>>();
  /** In the order of their inputs; unordered streams leave when they end. */
  readonly #streams = new StreamList<R>();
  #index = 0;
  #completed = false;
  #starting = false;
  #releasing = false;

  constructor(
    project: (value: T, index: number) => ObservableInput<R>,
    settings: PacedSettings,
    out: Outlet<R>,
    gate: Gate,
  ) {
    this.#project = project;
    this.#settings = settings;
    this.#out = out;
    this.#gate = gate;
  }

  hasRoom(): boolean {
    return this.#streams.size < this.#settings.concurrency && this.#waiting.size === 0;
  }

  next(value: T, governed: boolean): void {
    if (this.hasRoom() && !this.#starting) {
      this.#starting = true;
      this.#start(value, governed, takeDelivery());
      this.#starting = false;
    } else {
      if (!governed && !this.hasRoom()) requireRoom(this.#settings, this.#waiting.size, this.#settings.maxBuffered);
      this.#waiting.push({ value, governed, delivery: takeDelivery() });
    }
    this.#startWaiting();
  }

  complete(): void {
    this.#completed = true;
    this.#completeIfDone();
  }

  finalize(): void {
    const streams = this.#streams.all();
    const all = new Subscription();
    for (const inner of streams) all.add(inner);
    try {
      all.unsubscribe(); // ends all of them, and then throws what their teardowns have thrown
    } finally {
      this.#waiting.clear();
      for (const inner of streams) {
        inner.gate.end();
        this.#streams.delete(inner);
      }
    }
  }

  /** Starts as many inner streams as possible, without recursion if one ends at once. */
  #startWaiting(): void {
    if (this.#starting) return;
    this.#starting = true;
    while (this.#waiting.size > 0 && this.#streams.size < this.#settings.concurrency && !this.#out.closed) {
      const { value, governed, delivery } = this.#waiting.shift()!;
      this.#start(value, governed, delivery);
    }
    this.#starting = false;
  }

  /**
   * Subscribes to the inner stream of an input, within the delivery of the input. Other subscriptions of the projection are
   * separate from it, as with `aside`; a source that it returns feeds the inner stream, as with `under`. Both are combined here
   * without a closure, as this runs for each value.
   */
  #start(value: T, governed: boolean, delivery: Delivery | null): void {
    const inner = new InnerStream<R>(this, governed, delivery, this.#out.demand);
    const { current, here, asked, delivery: before } = slot;
    this.#streams.add(inner);
    try {
      slot.delivery = delivery;
      slot.here = inner.gate;
      slot.current = slot.asked = undefined;
      const source = from(this.#inTime(this.#project(value, this.#index++)));
      if (this.#out.closed) return; // the projection has ended it
      inner.gate.source = source;
      slot.here = slot.current = inner.gate;
      slot.asked = asked;
      source.subscribe(inner);
      inner.isAtOnce = false;
    } catch (error) {
      this.#out.error(error);
    } finally {
      slot.current = current;
      slot.here = here;
      slot.asked = asked;
      slot.delivery = before;
    }
  }

  /** A result of an inner stream. */
  take(inner: InnerStream<R>, value: R): void {
    const governed = inner.isAtOnce || inner.owes || slot.asked === inner.gate;
    inner.owes = false;
    inner.gate.taken += 1;
    if (this.isFirst(inner) && inner.waiting === 0) {
      this.#out.next(value, governed, inner.delivery);
      return;
    }
    try {
      // the first result has the place of its input
      if (!governed && inner.waiting > 0) requireRoom(this.#settings, inner.waiting - 1, this.#settings.maxBuffered);
      inner.keep({ value, governed });
    } catch (error) {
      this.#out.error(error);
    }
  }

  fail(error: unknown): void {
    this.#out.error(error);
  }

  /** Whether the results of an inner stream can be emitted at once. */
  isFirst(inner: InnerStream<R>): boolean {
    return !this.#settings.ordered || this.#streams.first === inner;
  }

  ended(inner: InnerStream<R>): void {
    inner.done = true;
    inner.gate.end();
    const before = this.#streams.size;
    if (this.#settings.ordered) this.#release();
    else this.#leave(inner);
    let freed = before - this.#streams.size;
    this.#startWaiting();
    this.#completeIfDone();
    for (; freed > 0; freed -= 1) this.#gate.pass();
  }

  /** Emits the results that wait for their turn, up to the first inner stream that still runs. */
  #release(): void {
    if (this.#releasing) return; // an emitted result may feed or end an inner stream
    this.#releasing = true;
    let inner: InnerStream<R> | undefined;
    while ((inner = this.#streams.first)) {
      while (inner.waiting > 0 && !this.#out.closed) {
        const { value, governed } = inner.shift()!;
        this.#out.next(value, governed, inner.delivery);
      }
      if (!inner.done) break;
      this.#leave(inner);
    }
    this.#releasing = false;
    inner?.gate.pass();
  }

  #leave(inner: InnerStream<R>): void {
    this.#streams.delete(inner);
    if (!this.#out.closed) inner.delivery?.done(); // its remaining results will not be emitted
  }

  #completeIfDone(): void {
    if (this.#completed && this.#streams.size === 0 && this.#waiting.size === 0) this.#out.complete();
  }

  /** In a run in virtual time no Promise settles. */
  #inTime(inner: ObservableInput<R>): ObservableInput<R> {
    if (typeof (inner as Partial<PromiseLike<R>> | undefined)?.then === 'function')
      requireRealTime(`${this.#settings.of}: a Promise`);
    return inner;
  }
}
