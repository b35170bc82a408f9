import type { FromWorker } from '../wire/messages.js';
import { pack } from '../wire/pack.js';
import { packError } from '../wire/packError.js';
import { placeOf } from '../wire/placeOf.js';
import type { Port } from '../wire/Port.js';

/** The answers of a worker for its value. After it has reported the end or a failure, it gets the next value. */
export class Answers {
  readonly #port: Port;

  constructor(port: Port) {
    this.#port = port;
  }

  ready(): void {
    this.#post({ kind: 'ready' });
  }

  /** The only result. */
  result(result: unknown): void {
    this.#give('result', result);
  }

  /** One of several results. `false`: it cannot be posted, and that was reported. */
  next(result: unknown): boolean {
    return this.#give('next', result);
  }

  done(): void {
    this.#post({ kind: 'done' });
  }

  error(thrown: unknown): void {
    this.#post({ kind: 'error', error: packError(thrown) });
  }

  uncloneable(place: string, error: unknown): void {
    this.#post({ kind: 'uncloneable', place, reason: error instanceof Error ? error.message : String(error) });
  }

  #give(kind: 'result' | 'next', result: unknown): boolean {
    try {
      this.#givePacked(kind, result, true);
      return true;
    } catch {
      // memory that cannot be moved can perhaps be copied
    }
    try {
      this.#givePacked(kind, result, false);
      return true;
    } catch (error) {
      this.uncloneable(placeOf(result, 'the result'), error);
      return false;
    }
  }

  #givePacked(kind: 'result' | 'next', result: unknown, moves: boolean): void {
    const { value, moved } = pack(result, moves);
    this.#port.postMessage({ kind, result: value } satisfies FromWorker, moved);
  }

  #post(message: FromWorker): void {
    this.#port.postMessage(message);
  }
}
