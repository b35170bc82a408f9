import type { Answers } from './Answers.js';

type AnyGenerator = Generator | AsyncGenerator;

/** What has many results to give: an async iterable, or what a generator function gives. An array is one result. */
export function isGenerator(value: unknown): value is AnyGenerator {
  if (typeof value !== 'object' || value === null) return false;
  if (Symbol.asyncIterator in value) return true;
  return Symbol.iterator in value && typeof (value as { next?: unknown }).next === 'function';
}

/** So many results may be on their way at once: the next one is made while the one before travels. */
const MOST_AHEAD = 2;

/** Asks a generator for its results, as they are taken. */
export class GeneratorRun {
  readonly #iterator: Iterator<unknown> | AsyncIterator<unknown>;
  readonly #answers: Answers;
  #places = MOST_AHEAD;
  /** Asking, or waiting for a Promise. */
  #isBusy = false;
  #isOver = false;

  constructor(generator: AnyGenerator, answers: Answers) {
    this.#answers = answers;
    this.#iterator =
      Symbol.asyncIterator in generator ? generator[Symbol.asyncIterator]() : generator[Symbol.iterator]();
  }

  /** A result has been taken: there is a place for another. */
  taken(): void {
    this.#places += 1;
    this.start();
  }

  start(): void {
    try {
      while (!this.#isBusy && !this.#isOver && this.#places > 0) {
        this.#isBusy = true;
        const step = this.#iterator.next();
        if ('then' in step) step.then(this.#take).then(() => this.start(), this.#fail);
        else this.#take(step);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  readonly #take = (step: IteratorResult<unknown>): void => {
    this.#isBusy = false;
    this.#places -= 1;
    if (step.done) {
      this.#isOver = true;
      this.#answers.done();
    } else if (!this.#answers.next(step.value)) {
      this.#isOver = true;
    }
  };

  readonly #fail = (error: unknown): void => {
    this.#isOver = true;
    this.#answers.error(error);
  };
}
