import type { Subscriber } from 'rxjs';
import { answerTo } from './answerTo.js';
import type { Handlers } from './operate.js';
import { Queue } from './Queue.js';
import { openRequestClient } from './openRequestClient.js';
import type { EncodedRequest, RequestClient, RequestSettings } from './RequestClient.js';
import type { AnyRequestOptions } from './RequestOptions.js';

/** The place of one request in the order of the output. */
interface Slot {
  done: boolean;
  value: unknown;
}

/** One subscription of the request operator: starts `concurrency` requests and emits replies in order. */
export class RequestFlow implements Handlers<unknown> {
  readonly #client: RequestClient;
  readonly #concurrency: number;
  readonly #options: AnyRequestOptions;
  readonly #out: Subscriber<unknown>;
  readonly #intake = new Queue<EncodedRequest>();
  readonly #slots = new Queue<Slot>();
  #active = 0;
  #completed = false;

  constructor(settings: RequestSettings, options: AnyRequestOptions, concurrency: number, out: Subscriber<never>) {
    this.#concurrency = concurrency;
    this.#options = options;
    this.#out = out;
    this.#client = openRequestClient(settings, options, this.#out);
  }

  next(input: unknown): void {
    const request = this.#client.encode(input);
    if (this.#active < this.#concurrency && this.#intake.size === 0) this.#start(request);
    else this.#intake.push(request);
  }

  complete(): void {
    this.#completed = true;
    this.#completeIfDone();
  }

  finalize(): void {
    this.#intake.clear();
    this.#client.close();
  }

  #start(request: EncodedRequest): void {
    const slot: Slot = { done: false, value: undefined };
    this.#slots.push(slot);
    this.#active += 1;
    this.#client.send(
      request,
      answerTo(
        this.#options,
        (value) => this.#answered(slot, value),
        (error) => this.#out.error(error),
      ),
    );
  }

  #answered(slot: Slot, value: unknown): void {
    slot.done = true;
    slot.value = value;
    this.#active -= 1;
    for (let first = this.#slots.peek(); first?.done; first = this.#slots.peek()) {
      this.#slots.shift();
      this.#out.next(first.value);
    }
    while (this.#active < this.#concurrency && !this.#out.closed) {
      const request = this.#intake.shift();
      if (request === undefined) break;
      this.#start(request);
    }
    this.#completeIfDone();
  }

  #completeIfDone(): void {
    if (this.#completed && this.#active === 0 && this.#slots.size === 0) this.#out.complete();
  }
}
