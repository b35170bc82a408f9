import { Observable, type OperatorFunction, type Subscription } from 'rxjs';
import { pacedMap } from 'rxzmq';
import { onTestFinished } from 'vitest';

interface SlowOptions {
  readonly concurrency?: number;
  readonly maxBuffered?: number;
}

/** A consumer with room for `concurrency` values, each of which stays until the test says that it is done. */
export class SlowConsumer {
  /** What it works on, or has worked on. */
  readonly started: unknown[] = [];
  /** What came out again. */
  readonly done: unknown[] = [];
  readonly concurrency: number;
  readonly operator: OperatorFunction<unknown, unknown>;
  error: unknown;
  completed = false;
  readonly #working: (() => void)[] = [];

  constructor({ concurrency = 4, maxBuffered = 50 }: SlowOptions = {}) {
    this.concurrency = concurrency;
    this.operator = pacedMap((value) => this.#work(value), { concurrency, maxBuffered });
  }

  consume(source: Observable<unknown>): Subscription {
    const subscription = source.pipe(this.operator).subscribe({
      next: (value) => this.done.push(value),
      error: (error: unknown) => (this.error = error),
      complete: () => (this.completed = true),
    });
    onTestFinished(() => subscription.unsubscribe());
    return subscription;
  }

  /** Gets done with the value it has worked on for longest. Whether there was one. */
  finish(): boolean {
    const finish = this.#working.shift();
    finish?.();
    return finish !== undefined;
  }

  #work(value: unknown): Observable<unknown> {
    return new Observable((subscriber) => {
      this.started.push(value);
      this.#working.push(() => {
        subscriber.next(value);
        subscriber.complete();
      });
    });
  }
}
