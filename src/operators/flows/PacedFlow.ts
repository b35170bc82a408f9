import { from, type Observable, type ObservableInput, Subscription } from 'rxjs';
import { aside } from '../../demand/aside.js';
import type { Delivery } from '../../demand/Delivery.js';
import { Gate } from '../../demand/Gate.js';
import { requireRoom } from '../../demand/overflow.js';
import { slot } from '../../demand/slot.js';
import { takeDelivery } from '../../demand/takeDelivery.js';
import { under } from '../../demand/under.js';
import { within } from '../../demand/within.js';
import { chain } from '../../rx/chain.js';
import type { Handlers } from '../../rx/operate.js';
import type { Outlet } from '../../rx/Outlet.js';
import { Queue } from '../../basics/Queue.js';
import { requireRealTime } from '../../time/VirtualTime.js';

interface PacedSettings {
  readonly concurrency: number;
  readonly ordered: boolean;
  readonly maxBuffered: number;
}

/** What waits for a place. */
interface Waiting<T> {
  readonly value: T;
  /** Whether it was asked for. */
  readonly governed: boolean;
  readonly delivery: Delivery | null;
}

/** A result that waits for its turn. */
type Result<R> = Omit<Waiting<R>, 'delivery'>;

/** One inner stream, and what it gave before its turn. */
interface InnerStream<R> {
  readonly results: Queue<Result<R>>;
  readonly gate: Gate;
  /** What its input belongs to: done with once the stream has ended and its results are gone. */
  readonly delivery: Delivery | null;
  /** One result of its input that was asked for is still to come: it was asked for as well, whenever it comes. */
  owes: boolean;
  done: boolean;
}

const NAME = { of: 'pacedMap' };

/** One subscription of `pacedMap`. */
export class PacedFlow<T, R> implements Handlers<T> {
  readonly #project: (value: T, index: number) => ObservableInput<R>;
  readonly #settings: PacedSettings;
  readonly #out: Outlet<R>;
  readonly #gate: Gate;
  readonly #waiting = new Queue<Waiting<T>>();
  /** In the order of their inputs; unordered ones leave as they end. */
  readonly #streams = new Set<InnerStream<R>>();
  readonly #inner = new Subscription();
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
      this.#start({ value, governed, delivery: takeDelivery() });
      this.#starting = false;
    } else {
      if (!governed && !this.hasRoom()) requireRoom(NAME, this.#waiting.size, this.#settings.maxBuffered);
      this.#waiting.push({ value, governed, delivery: takeDelivery() });
    }
    this.#startWaiting();
  }

  complete(): void {
    this.#completed = true;
    this.#completeIfDone();
  }

  finalize(): void {
    this.#inner.unsubscribe();
    this.#waiting.clear();
    for (const inner of this.#streams) inner.gate.end();
    this.#streams.clear();
  }

  /** Starts what may start; an inner stream that ends at once does not nest the next in itself. */
  #startWaiting(): void {
    if (this.#starting) return;
    this.#starting = true;
    while (this.#waiting.size > 0 && this.#streams.size < this.#settings.concurrency && !this.#out.closed) {
      this.#start(this.#waiting.shift()!);
    }
    this.#starting = false;
  }

  #start({ value, governed, delivery }: Waiting<T>): void {
    const results: InnerStream<R>['results'] = new Queue();
    const inner: InnerStream<R> = {
      results,
      gate: new Gate(() => this.#isFirst(inner) || results.size === 0, this.#out.demand),
      delivery,
      owes: governed,
      done: false,
    };
    this.#streams.add(inner);
    let isAtOnce = governed; // all that an input becomes in the same call was asked for with it
    const observer = chain<R>(
      this.#inner,
      {
        next: (result) => {
          const wasAsked = isAtOnce || inner.owes || slot.asked === inner.gate;
          inner.owes = false;
          inner.gate.taken += 1;
          this.#take(inner, result, wasAsked);
        },
        error: (error) => this.#out.error(error),
        complete: () => this.#ended(inner),
      },
      { announces: inner.gate },
    );
    try {
      within(delivery, () => {
        const source = aside(inner.gate, () => this.#projected(value));
        if (this.#out.closed) return; // the projection has ended it
        inner.gate.source = source;
        under(inner.gate, () => source.subscribe(observer));
      });
      isAtOnce = false;
    } catch (error) {
      this.#out.error(error);
    }
  }

  #projected(value: T): Observable<R> {
    return from(inTime(this.#project(value, this.#index++)));
  }

  #take(inner: InnerStream<R>, value: R, governed: boolean): void {
    const { results } = inner;
    if (this.#isFirst(inner) && results.size === 0) {
      this.#out.next(value, governed, inner.delivery);
      return;
    }
    try {
      // the first has the place of its input
      if (!governed && results.size > 0) requireRoom(NAME, results.size - 1, this.#settings.maxBuffered);
      results.push({ value, governed });
    } catch (error) {
      this.#out.error(error);
    }
  }

  #isFirst(inner: InnerStream<R>): boolean {
    if (!this.#settings.ordered) return true;
    const [first] = this.#streams;
    return first === inner;
  }

  #ended(inner: InnerStream<R>): void {
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

  /** Emits what waits for its turn, up to the first inner stream that still runs. */
  #release(): void {
    if (this.#releasing) return; // what is emitted may feed or end an inner stream
    this.#releasing = true;
    let first: InnerStream<R> | undefined;
    for (const inner of this.#streams) {
      while (inner.results.size > 0 && !this.#out.closed) {
        const { value, governed } = inner.results.shift()!;
        this.#out.next(value, governed, inner.delivery);
      }
      if (!inner.done) {
        first = inner;
        break;
      }
      this.#leave(inner);
    }
    this.#releasing = false;
    first?.gate.pass();
  }

  #leave(inner: InnerStream<R>): void {
    this.#streams.delete(inner);
    if (!this.#out.closed) inner.delivery?.done(); // what is left of it will not be seen
  }

  #completeIfDone(): void {
    if (this.#completed && this.#streams.size === 0 && this.#waiting.size === 0) this.#out.complete();
  }
}

/** Within a run in virtual time no Promise settles. */
function inTime<T>(inner: ObservableInput<T>): ObservableInput<T> {
  if (typeof (inner as Partial<PromiseLike<T>> | undefined)?.then === 'function')
    requireRealTime('pacedMap: a Promise');
  return inner;
}
