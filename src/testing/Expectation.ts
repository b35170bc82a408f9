import { isObservable, type Observable, Subscription } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { Comparison } from './compare/difference.js';
import { explain } from './compare/explain.js';
import type { Expected, Notice } from './compare/Notice.js';
import type { VirtualScheduler } from './VirtualScheduler.js';

/** The notifications of an Observable, and the expected ones. */
export class Expectation {
  readonly #name: string;
  readonly #scheduler: VirtualScheduler;
  readonly #got: Notice[] = [];
  #expected: Expected[] | undefined;
  #marbles = '';

  readonly #whyMissed: (frame: number) => string;

  /** @param whyMissed a further line if an expected value did not arrive at a millisecond */
  constructor(name: string, scheduler: VirtualScheduler, whyMissed: (frame: number) => string = () => '') {
    this.#name = name;
    this.#whyMissed = whyMissed;
    this.#scheduler = scheduler;
  }

  /** Records its notifications. */
  hear(source: Observable<unknown>): Subscription {
    return record(source, this.#got, this.#scheduler, 0);
  }

  /** @param valueOf the value of a letter. @default as in RxJS */
  toBe(marbles: string, values?: unknown, error?: unknown, valueOf?: (letter: string) => unknown): void {
    const letters = TestScheduler.parseMarbles(marbles, undefined, undefined, true, true);
    const notices = TestScheduler.parseMarbles(marbles, values, error, true, true);
    this.#marbles = marbles.trim();
    this.#expected = notices.map((notice, i) => {
      const { notification } = letters[i]!;
      const letter = notification.kind === 'N' ? String(notification.value) : undefined;
      const known = letter === undefined || valueOf === undefined ? undefined : valueOf(letter);
      return {
        letter,
        notice: known === undefined ? notice : { ...notice, notification: { kind: 'N', value: known } },
      };
    });
  }

  /** Expects the notifications of another Observable. */
  toEqual(other: Observable<unknown>): Subscription {
    const notices: Notice[] = [];
    this.#marbles = 'the other Observable';
    const subscription = record(other, notices, this.#scheduler, 0);
    const expected = (this.#expected = [] as Expected[]);
    this.#fill = () => expected.splice(0, Infinity, ...notices.map((notice) => ({ notice, letter: undefined })));
    return subscription;
  }

  /** Returns the differences, and forgets the expectation; none if everything is as expected, or if there is no expectation. */
  check(how: Comparison, hint: string): string | undefined {
    this.#fill();
    const expected = this.#expected;
    if (expected === undefined) return undefined;
    this.#expected = undefined;
    const found = explain(this.#got, expected, how);
    if (found === undefined) return undefined;
    const missed = expected.find(({ notice }) => !this.#got.some(({ frame }) => frame === notice.frame));
    const why = missed ? this.#whyMissed(missed.notice.frame) : '';
    return `${this.#name} is not '${this.#marbles}':\n${found}${why}${this.#got.length === 0 ? hint : ''}`;
  }

  #fill: () => void = () => undefined;
}

/** A value that is itself an Observable is recorded as well, until the subscription of the whole ends. */
function record(source: Observable<unknown>, into: Notice[], scheduler: VirtualScheduler, from: number): Subscription {
  const note = (notification: Notice['notification']): void =>
    void into.push({ frame: scheduler.frame - from, notification });
  const all = new Subscription(); // its own end leaves the inner ones, as that of a window or a group does
  all.add(
    source.subscribe({
      next: (value) => {
        const inner: Notice[] = [];
        note({ kind: 'N', value: isObservable(value) ? inner : value });
        if (isObservable(value)) all.add(record(value, inner, scheduler, scheduler.frame));
      },
      error: (error: unknown) => note({ kind: 'E', error }),
      complete: () => note({ kind: 'C' }),
    }),
  );
  return all;
}
