import { Subscriber } from 'rxjs';
import { Queue } from '../../basics/Queue.js';
import type { Delivery } from '../../demand/Delivery.js';
import { Gate } from '../../demand/Gate.js';
import type { Demand } from '../../demand/types.js';
import { ANNOUNCES } from '../../rx/links.js';

/** A result that waits for its turn. */
export interface Result<R> {
  readonly value: R;
  /** Whether it was emitted in response to demand. */
  readonly governed: boolean;
}

/** The callbacks of an inner stream to the flow that contains it. */
export interface InnerStreams<R> {
  isFirst(inner: InnerStream<R>): boolean;
  take(inner: InnerStream<R>, result: R): void;
  fail(error: unknown): void;
  ended(inner: InnerStream<R>): void;
}

/** One inner stream of `pacedMap`: the subscriber of it, and the results that it emitted before its turn. Each input has one. */
export class InnerStream<R> extends Subscriber<R> {
  readonly gate: Gate;
  /** The delivery that its input belongs to. It is done once the stream has ended and its results are gone. */
  readonly delivery: Delivery | null;
  /** The call of its projection or subscription is running: its results count as emitted in response to demand if the input was. */
  isAtOnce: boolean;
  /** One result that was requested is still to come: it counts as emitted in response to demand, whenever it comes. */
  owes: boolean;
  done = false;
  /** Its neighbours, in the order of their inputs. */
  before: InnerStream<R> | undefined = undefined;
  after: InnerStream<R> | undefined = undefined;
  [ANNOUNCES]: Gate | null;
  readonly #streams: InnerStreams<R>;
  #results: Queue<Result<R>> | undefined = undefined;

  /**
   * @param governed whether its input was emitted in response to demand
   * @param below the demand of the consumer of the results
   */
  constructor(streams: InnerStreams<R>, governed: boolean, delivery: Delivery | null, below: Demand | undefined) {
    super();
    this.#streams = streams;
    this.gate = new Gate(() => streams.isFirst(this) || this.waiting === 0, below);
    this[ANNOUNCES] = this.gate;
    this.delivery = delivery;
    this.isAtOnce = this.owes = governed;
  }

  /** The number of results that wait. */
  get waiting(): number {
    return this.#results === undefined ? 0 : this.#results.size;
  }

  keep(result: Result<R>): void {
    this.#results ??= new Queue();
    this.#results.push(result);
  }

  /** The next result that waits. */
  shift(): Result<R> | undefined {
    return this.#results?.shift();
  }

  override unsubscribe(): void {
    this[ANNOUNCES] = null; // code that still holds it must not hold the consumer
    super.unsubscribe();
  }

  protected override _next(result: R): void {
    this.#streams.take(this, result);
  }

  protected override _error(error: unknown): void {
    try {
      this.#streams.fail(error);
    } finally {
      this.unsubscribe();
    }
  }

  protected override _complete(): void {
    try {
      this.#streams.ended(this);
    } finally {
      this.unsubscribe();
    }
  }
}
