import type { Delivery } from '../../demand/Delivery.js';
import type { Gate } from '../../demand/Gate.js';
import { MAX_BUFFERED, type Refuser, requireRoom } from '../../demand/overflow.js';
import { takeDelivery } from '../../demand/takeDelivery.js';
import { answerTo } from '../../endpoints/requests/answerTo.js';
import type { Handlers } from '../../rx/operate.js';
import type { Outlet } from '../../rx/Outlet.js';
import { Queue } from '../../basics/Queue.js';
import { openRequestClient } from '../../endpoints/requests/openRequestClient.js';
import type { PlainRequests } from '../../endpoints/requests/PlainRequests.js';
import type { RequestClient } from '../../endpoints/requests/RequestClient.js';
import type { EncodedRequest } from '../../endpoints/requests/Requester.js';
import type { RequestSettings } from '../../endpoints/requests/RequestSettings.js';
import type { AnyRequestOptions, FlowOptions } from '../../endpoints/requests/RequestOptions.js';

/** The place of one request in the order of the output. */
interface Slot {
  done: boolean;
  value: unknown;
  /** Whether the request was emitted in response to demand: if so, the same is true of its reply. */
  readonly governed: boolean;
  /** The delivery that the request belongs to. It is done once the reply is emitted. */
  readonly delivery: Delivery | null;
}

/** A request that waits for a place. */
interface Waiting {
  readonly request: EncodedRequest;
  readonly governed: boolean;
  readonly delivery: Delivery | null;
}

/** One subscription of the request operator: starts `concurrency` requests and emits replies in order. */
export class RequestFlow implements Handlers<unknown> {
  readonly #client: RequestClient | PlainRequests;
  readonly #concurrency: number;
  readonly #options: AnyRequestOptions;
  readonly #out: Outlet<unknown>;
  readonly #gate: Gate;
  readonly #refuser: Refuser;
  readonly #maxBuffered: number;
  readonly #intake = new Queue<Waiting>();
  readonly #slots = new Queue<Slot>();
  #completed = false;

  constructor(settings: RequestSettings, options: AnyRequestOptions & FlowOptions, out: Outlet<unknown>, gate: Gate) {
    const { concurrency = 1, maxBuffered = MAX_BUFFERED } = options;
    this.#concurrency = concurrency;
    this.#options = options;
    this.#out = out;
    this.#gate = gate;
    this.#maxBuffered = maxBuffered;
    this.#refuser = { of: settings.of, endpoints: settings.socket.endpoints };
    this.#client = openRequestClient(settings, options, this.#out);
  }

  /** Replies that wait for their turn take a place as well. */
  hasRoom(): boolean {
    return this.#slots.size < this.#concurrency && this.#intake.size === 0;
  }

  next(input: unknown, governed: boolean): void {
    if (!governed && !this.hasRoom()) requireRoom(this.#refuser, this.#intake.size, this.#maxBuffered);
    const request = this.#client.encode(input);
    if (this.#out.closed) return; // the codec may have ended it
    const delivery = takeDelivery();
    if (this.hasRoom()) this.#start(request, governed, delivery);
    else this.#intake.push({ request, governed, delivery });
  }

  complete(): void {
    this.#completed = true;
    this.#completeIfDone();
  }

  finalize(): void {
    this.#intake.clear();
    this.#client.close();
  }

  #start(request: EncodedRequest, governed: boolean, delivery: Delivery | null): void {
    const slot: Slot = { done: false, value: undefined, governed, delivery };
    this.#slots.push(slot);
    this.#client.send(
      request,
      answerTo(
        this.#options,
        this.#out.below,
        (value) => this.#answered(slot, value),
        (error) => this.#out.error(error),
      ),
    );
  }

  #answered(slot: Slot, value: unknown): void {
    slot.done = true;
    slot.value = value;
    let freed = 0;
    for (let first = this.#slots.peek(); first?.done; first = this.#slots.peek()) {
      this.#slots.shift();
      freed += 1;
      this.#out.next(first.value, first.governed, first.delivery);
      first.delivery?.done();
    }
    while (this.#slots.size < this.#concurrency && this.#intake.size > 0 && !this.#out.closed) {
      const { request, governed, delivery } = this.#intake.shift()!;
      this.#start(request, governed, delivery);
    }
    this.#completeIfDone();
    for (; freed > 0; freed -= 1) this.#gate.pass();
  }

  #completeIfDone(): void {
    if (this.#completed && this.#slots.size === 0 && this.#intake.size === 0) this.#out.complete();
  }
}
