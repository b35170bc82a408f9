import { Queue } from '../../basics/Queue.js';
import { requireRoom } from '../../demand/overflow.js';
import { run } from '../../demand/run.js';
import type { Outlet } from '../../rx/Outlet.js';
import type { Task } from './Task.js';

/** A result that waits until the consumer is ready. */
interface Waiting<R> {
  readonly result: R;
  readonly taken: () => void;
}

/** The run of one value through a pool, as an inner stream of the operator. */
export class StageRun<R> implements Task {
  readonly value: unknown;
  readonly #of: string;
  readonly #maxBuffered: number;
  readonly #out: Outlet<R>;
  readonly #waiting = new Queue<Waiting<R>>();
  readonly #waiter = { room: () => this.#give() };
  #hasGiven = false;
  #isDone = false;

  constructor(of: string, value: unknown, maxBuffered: number, out: Outlet<R>) {
    this.#of = of;
    this.value = value;
    this.#maxBuffered = maxBuffered;
    this.#out = out;
  }

  result(result: R): void {
    run(() => {
      this.#out.next(result);
      this.#out.complete();
    });
  }

  next(result: R, taken: () => void): void {
    if (this.#waiting.size > 0) {
      try {
        requireRoom({ of: this.#of }, this.#waiting.size, this.#maxBuffered);
      } catch (error) {
        this.#out.error(error);
        return;
      }
    }
    this.#waiting.push({ result, taken });
    if (this.#waiting.size === 1) this.#give();
  }

  done(): void {
    this.#isDone = true;
    if (this.#waiting.size === 0) run(() => this.#out.complete());
  }

  fail(error: unknown): void {
    run(() => this.#out.error(error));
  }

  /** The consumer needs no more results. */
  close(): void {
    this.#waiting.clear();
    this.#out.demand?.leave(this.#waiter);
  }

  #give(): void {
    run(this.#giveAll);
  }

  readonly #giveAll = (): void => {
    const { demand } = this.#out;
    while (this.#waiting.size > 0 && !this.#out.closed) {
      // the first result uses the place of its value
      if (this.#hasGiven && demand && !demand.hasRoom()) {
        demand.wait(this.#waiter);
        return;
      }
      this.#hasGiven = true;
      const { result, taken } = this.#waiting.shift()!;
      this.#out.next(result);
      taken();
    }
    demand?.pass();
    if (this.#isDone && !this.#out.closed) this.#out.complete();
  };
}
