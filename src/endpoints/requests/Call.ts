import type { Linked } from '../../basics/LinkedQueue.js';
import type { Parts } from '../../basics/Parts.js';
import type { DeadlineQueue, Timed } from '../../time/DeadlineQueue.js';
import type { EncodedRequest, Requester } from './Requester.js';

/** How long the present try of a call has waited for a peer or a reply. */
export interface Wait extends Timed<Wait> {
  readonly call: Call;
}

/** A request that has not been answered. */
export class Call implements EncodedRequest, Linked<Call> {
  readonly request: unknown;
  readonly body: Parts;
  readonly requester: Requester;
  /** The number of tries, including the present one. */
  tries = 0;
  /** The correlation of the present try; a reply to an earlier one is stale. */
  id = 0;
  parts: Parts = [];
  /** The present try carries no number. */
  plain = false;
  /** The peer that got the present try, as far as the driver knows. */
  peer: number | undefined;
  /** Whether the socket has accepted the present try. */
  taken = false;
  /** Whether a peer may have received any try. */
  sent = false;
  over = false;
  before: Call | undefined;
  after: Call | undefined;
  readonly #wait: Wait;
  #deadlines: DeadlineQueue<Wait> | undefined;

  constructor({ request, body }: EncodedRequest, requester: Requester) {
    this.request = request;
    this.body = body;
    this.requester = requester;
    this.#wait = { call: this, since: 0, before: undefined, after: undefined };
  }

  /** Starts its time-out in this queue; `undefined`: it does not wait any more. */
  expect(deadlines: DeadlineQueue<Wait> | undefined): void {
    if (this.#deadlines !== deadlines) this.#deadlines?.delete(this.#wait);
    this.#deadlines = deadlines;
    deadlines?.add(this.#wait);
  }
}
