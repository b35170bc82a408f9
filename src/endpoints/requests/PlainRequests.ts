import type { RequestTimeoutError } from '../../errors.js';
import { Queue } from '../../basics/Queue.js';
import { RequestClient } from './RequestClient.js';
import type { EncodedRequest, Requester, RequestListener } from './Requester.js';
import type { RequestSettings } from './RequestSettings.js';

/** A request that waits for its turn, or is in flight. */
interface QueuedRequest {
  readonly request: EncodedRequest;
  readonly requester: Requester;
  over: boolean;
}

/** Requests without numbers, as a plain REQ sends them: one at a time, whatever the concurrency. */
export class PlainRequests {
  readonly #client: RequestClient;
  readonly #waiting = new Queue<QueuedRequest>();
  #present: QueuedRequest | undefined;
  /** Gives up the request in flight; returns whether a peer may have received it anyway. */
  #abandon: () => boolean = () => false;
  #isStarting = false;

  constructor(settings: RequestSettings, listener: RequestListener) {
    this.#client = new RequestClient(settings, listener);
  }

  encode(input: unknown): EncodedRequest {
    return this.#client.encode(input);
  }

  send(request: EncodedRequest, requester: Requester): () => boolean {
    const queued: QueuedRequest = { request, requester, over: false };
    this.#waiting.push(queued);
    this.#next();
    return () => this.#leave(queued);
  }

  /** Closes the client. The requests that wait are then started on a closed client, and fail as every new request does. */
  close(cause?: Error): void {
    this.#client.close(cause);
  }

  /** Starts the next request, if none is in flight. Those that fail at once are not ended within each other. */
  #next(): void {
    if (this.#isStarting) return;
    this.#isStarting = true;
    while (this.#present === undefined && this.#waiting.size > 0) {
      const queued = this.#waiting.shift()!;
      if (!queued.over) this.#begin(queued);
    }
    this.#isStarting = false;
  }

  #begin(queued: QueuedRequest): void {
    this.#present = queued;
    const { requester } = queued;
    const abandon = this.#client.send(queued.request, {
      reply: (reply, request) => this.#end(queued, () => requester.reply(reply, request)),
      timedOut: (error: RequestTimeoutError, request) => this.#end(queued, () => requester.timedOut(error, request)),
      failed: (error) => this.#end(queued, () => requester.failed(error)),
    });
    if (this.#present === queued) this.#abandon = abandon; // otherwise it has ended already
  }

  #leave(queued: QueuedRequest): boolean {
    if (queued.over) return false;
    queued.over = true;
    if (this.#present !== queued) return false;
    this.#present = undefined;
    const mayBeSent = this.#abandon();
    this.#next();
    return mayBeSent;
  }

  #end(queued: QueuedRequest, notify: () => void): void {
    if (queued.over) return;
    queued.over = true;
    if (this.#present === queued) this.#present = undefined;
    notify();
    this.#next();
  }
}
