import type { RequestTimeoutError } from '../../errors.js';
import { Queue } from '../../basics/Queue.js';
import {
  type EncodedRequest,
  RequestClient,
  type Requester,
  type RequestListener,
  type RequestSettings,
} from './RequestClient.js';

/** A request that waits for its turn, or has it. */
interface Turn {
  readonly request: EncodedRequest;
  readonly requester: Requester;
  over: boolean;
}

/** Requests without numbers, as a plain REQ sends them: one after the other, however many are asked for. */
export class PlainRequests {
  readonly #client: RequestClient;
  readonly #waiting = new Queue<Turn>();
  #present: Turn | undefined;
  /** Ends what is under way; whether a peer may have it all the same. */
  #abandon: () => boolean = () => false;

  constructor(settings: RequestSettings, listener: RequestListener) {
    this.#client = new RequestClient(settings, listener);
  }

  encode(input: unknown): EncodedRequest {
    return this.#client.encode(input);
  }

  send(request: EncodedRequest, requester: Requester): () => boolean {
    const turn: Turn = { request, requester, over: false };
    this.#waiting.push(turn);
    this.#next();
    return () => this.#leave(turn);
  }

  /** What waits has its turn with a client that is closed, and fails as all that is asked of it. */
  close(cause?: Error): void {
    this.#client.close(cause);
  }

  /** Begins with the next one, if none is under way. */
  #next(): void {
    while (this.#present === undefined && this.#waiting.size > 0) {
      const turn = this.#waiting.shift()!;
      if (!turn.over) this.#begin(turn);
    }
  }

  #begin(turn: Turn): void {
    this.#present = turn;
    const { requester } = turn;
    const abandon = this.#client.send(turn.request, {
      reply: (reply, request) => this.#end(turn, () => requester.reply(reply, request)),
      timedOut: (error: RequestTimeoutError, request) => this.#end(turn, () => requester.timedOut(error, request)),
      failed: (error) => this.#end(turn, () => requester.failed(error)),
    });
    if (this.#present === turn) this.#abandon = abandon; // else it has ended already
  }

  #leave(turn: Turn): boolean {
    if (turn.over) return false;
    turn.over = true;
    if (this.#present !== turn) return false;
    this.#present = undefined;
    const mayBeSent = this.#abandon();
    this.#next();
    return mayBeSent;
  }

  #end(turn: Turn, notify: () => void): void {
    if (turn.over) return;
    turn.over = true;
    if (this.#present === turn) this.#present = undefined;
    notify();
    this.#next();
  }
}
