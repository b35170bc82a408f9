import type { Answers } from './Answers.js';

type AnyGenerator = Generator | AsyncGenerator;

/** Whether a value can have many results: an async iterable, or the return value of a generator function. An array is one result. */
export function isGenerator(value: unknown): value is AnyGenerator {
  if (typeof value !== 'object' || value === null) return false;
  if (Symbol.asyncIterator in value) return true;
  return Symbol.iterator in value && typeof (value as { next?: unknown }).next === 'function';
}

/** How many results may be in flight at once: the stage computes the next one while the last one is in flight. */
const MOST_AHEAD = 2;

/** Pulls results from a generator as they are accepted. */
export class GeneratorRun {
  readonly #iterator: Iterator<unknown> | AsyncIterator<unknown>;
  readonly #answers: Answers;
  #places = MOST_AHEAD;
  /** It is calling the generator, or waiting for a Promise. */
  #isBusy = false;
  #isOver = false;

  constructor(generator: AnyGenerator, answers: Answers) {
    this.#answers = answers;
    this.#iterator =
      Symbol.asyncIterator in generator ? generator[Symbol.asyncIterator]() : generator[Symbol.iterator]();
  }

  /** A result was accepted: another one may be sent. */
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
