import { from, type Observable, type ObservableInput, Subscription } from 'rxjs';
import { aside } from '../demand/aside.js';
import { Gate } from '../demand/Gate.js';
import { requireRoom } from '../demand/overflow.js';
import { slot } from '../demand/slot.js';
import { under } from '../demand/under.js';
import { chain } from './chain.js';
import type { Handlers } from './operate.js';
import type { Outlet } from './Outlet.js';
import { Queue } from './Queue.js';
import { requireRealTime } from './worlds.js';

interface PacedSettings {
  readonly concurrency: number;
  readonly ordered: boolean;
  readonly maxBuffered: number;
}

/** What waits, and whether it was asked for. */
interface Waiting<T> {
  readonly value: T;
  readonly governed: boolean;
}

/** One inner stream, and what it gave before its turn. */
interface Line<R> {
  readonly results: Queue<Waiting<R>>;
  readonly gate: Gate;
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
  readonly #lines = new Set<Line<R>>();
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
    return this.#lines.size < this.#settings.concurrency && this.#waiting.size === 0;
  }

  next(value: T, governed: boolean): void {
    if (this.hasRoom() && !this.#starting) {
      this.#starting = true;
      this.#start(value, governed);
      this.#starting = false;
    } else {
      if (!governed && !this.hasRoom()) requireRoom(NAME, this.#waiting.size, this.#settings.maxBuffered);
      this.#waiting.push({ value, governed });
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
    for (const line of this.#lines) line.gate.end();
    this.#lines.clear();
  }

  /** Starts what may start; an inner stream that ends at once does not nest the next in itself. */
  #startWaiting(): void {
    if (this.#starting) return;
    this.#starting = true;
    while (this.#waiting.size > 0 && this.#lines.size < this.#settings.concurrency && !this.#out.closed) {
      const { value, governed } = this.#waiting.shift()!;
      this.#start(value, governed);
    }
    this.#starting = false;
  }

  #start(value: T, governed: boolean): void {
    const results: Line<R>['results'] = new Queue();
    const line: Line<R> = {
      results,
      gate: new Gate(() => this.#isFirst(line) || results.size === 0, this.#out.demand),
      owes: governed,
      done: false,
    };
    this.#lines.add(line);
    let isAtOnce = governed; // all that an input becomes in the same call was asked for with it
    const observer = chain<R>(
      this.#inner,
      {
        next: (result) => {
          const wasAsked = isAtOnce || line.owes || slot.asked === line.gate;
          line.owes = false;
          line.gate.taken += 1;
          this.#take(line, result, wasAsked);
        },
        error: (error) => this.#out.error(error),
        complete: () => this.#ended(line),
      },
      { announces: line.gate },
    );
    try {
      const inner = aside(line.gate, () => this.#projected(value));
      if (this.#out.closed) return; // the projection has ended it
      line.gate.source = inner;
      under(line.gate, () => inner.subscribe(observer));
      isAtOnce = false;
    } catch (error) {
      this.#out.error(error);
    }
  }

  #projected(value: T): Observable<R> {
    return from(inTime(this.#project(value, this.#index++)));
  }

  #take(line: Line<R>, value: R, governed: boolean): void {
    const { results } = line;
    if (this.#isFirst(line) && results.size === 0) {
      this.#out.next(value, governed);
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

  #isFirst(line: Line<R>): boolean {
    if (!this.#settings.ordered) return true;
    const [first] = this.#lines;
    return first === line;
  }

  #ended(line: Line<R>): void {
    line.done = true;
    line.gate.end();
    const before = this.#lines.size;
    if (this.#settings.ordered) this.#release();
    else this.#lines.delete(line);
    let freed = before - this.#lines.size;
    this.#startWaiting();
    this.#completeIfDone();
    for (; freed > 0; freed -= 1) this.#gate.pass();
  }

  /** Emits what waits for its turn, up to the first inner stream that still runs. */
  #release(): void {
    if (this.#releasing) return; // what is emitted may feed or end an inner stream
    this.#releasing = true;
    let first: Line<R> | undefined;
    for (const line of this.#lines) {
      while (line.results.size > 0 && !this.#out.closed) {
        const { value, governed } = line.results.shift()!;
        this.#out.next(value, governed);
      }
      if (!line.done) {
        first = line;
        break;
      }
      this.#lines.delete(line);
    }
    this.#releasing = false;
    first?.gate.pass();
  }

  #completeIfDone(): void {
    if (this.#completed && this.#lines.size === 0 && this.#waiting.size === 0) this.#out.complete();
  }
}

/** Within a run in virtual time no Promise settles. */
function inTime<T>(inner: ObservableInput<T>): ObservableInput<T> {
  if (typeof (inner as Partial<PromiseLike<T>> | undefined)?.then === 'function')
    requireRealTime('pacedMap: a Promise');
  return inner;
}
