import { type Observable, Subject } from 'rxjs';
import { deliver } from '../../src/demand/deliver.js';

/** A source whose messages are settled. */
export class Mail<T> {
  readonly settled: T[] = [];
  readonly values: Observable<T>;
  readonly #subject = new Subject<T>();

  constructor() {
    this.values = this.#subject;
  }

  give(...values: T[]): this {
    for (const value of values) {
      deliver(
        () => this.settled.push(value),
        () => this.#subject.next(value),
      );
    }
    return this;
  }
}
