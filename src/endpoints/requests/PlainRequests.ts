import { RequestTimeoutError, SocketError } from '../../errors.js';
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
  tries: number;
  /** Whether a peer may have got any try. */
  sent: boolean;
  over: boolean;
}

/**
 * Requests without numbers, as a plain REQ sends them: one after the other. Where a reply did not come it may still do so, and nobody
 * could tell it from the reply to the next request; so the next one gets a new socket.
 */
export class PlainRequests {
  readonly #settings: RequestSettings;
  readonly #listener: RequestListener;
  readonly #retries: number;
  #client: RequestClient;
  readonly #waiting = new Queue<Turn>();
  #present: Turn | undefined;
  /** Ends what is under way; whether a peer may have it all the same. */
  #abandon: () => boolean = () => false;
  /** Sockets that are not gone. */
  #open = 0;
  #closed = false;

  constructor(settings: RequestSettings, listener: RequestListener) {
    this.#settings = { ...settings, retries: 0 }; // a further try needs a socket of its own
    this.#retries = settings.retries;
    this.#listener = listener;
    this.#client = this.#newClient();
  }

  encode(input: unknown): EncodedRequest {
    return this.#client.encode(input);
  }

  send(request: EncodedRequest, requester: Requester): () => boolean {
    const turn: Turn = { request, requester, tries: 0, sent: false, over: false };
    if (this.#closed) this.#fail(turn, this.#gone());
    else {
      this.#waiting.push(turn);
      this.#next();
    }
    return () => this.#leave(turn);
  }

  close(cause?: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    const turns = this.#present ? [this.#present] : [];
    this.#present = undefined;
    for (let turn = this.#waiting.shift(); turn; turn = this.#waiting.shift()) turns.push(turn);
    const error = cause ?? this.#gone();
    this.#abandon();
    this.#client.close();
    for (const turn of turns) this.#fail(turn, error);
  }

  #newClient(): RequestClient {
    this.#open += 1;
    return new RequestClient(this.#settings, {
      status: (status) => this.#listener.status(status),
      invalid: (socket, cause, parts) => this.#listener.invalid(socket, cause, parts),
      failed: (error) => this.#listener.failed(error),
      closed: () => {
        this.#open -= 1;
        if (this.#closed && this.#open === 0) this.#listener.closed();
      },
    });
  }

  /** Begins with the next one, if none is under way. */
  #next(): void {
    while (this.#present === undefined && this.#waiting.size > 0 && !this.#closed) {
      const turn = this.#waiting.shift()!;
      if (!turn.over) this.#try(turn);
    }
  }

  #try(turn: Turn): void {
    turn.tries += 1;
    this.#present = turn;
    const abandon = this.#client.send(turn.request, {
      reply: (reply, request) => this.#end(turn, () => turn.requester.reply(reply, request)),
      timedOut: (error, request) => this.#late(turn, error, request),
      failed: (error) => this.#end(turn, () => turn.requester.failed(error)),
    });
    if (this.#present === turn) this.#abandon = abandon; // else it has ended already
  }

  #late(turn: Turn, error: RequestTimeoutError, request: unknown): void {
    turn.sent ||= error.sent;
    if (error.sent) this.#renew();
    if (turn.tries <= this.#retries) {
      this.#try(turn);
      return;
    }
    const { socket, timeoutMs, connectTimeoutMs } = this.#settings;
    const limitMs = turn.sent ? timeoutMs : connectTimeoutMs;
    const why = error.cause === undefined ? undefined : { cause: error.cause };
    const all = new RequestTimeoutError(socket.endpoints, limitMs, turn.tries, turn.sent, why);
    this.#end(turn, () => turn.requester.timedOut(all, request));
  }

  #leave(turn: Turn): boolean {
    if (turn.over) return false;
    turn.over = true;
    if (this.#present !== turn) return false;
    this.#present = undefined;
    const mayBeSent = this.#abandon();
    if (mayBeSent) this.#renew();
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

  #renew(): void {
    if (this.#closed) return;
    const old = this.#client;
    this.#client = this.#newClient();
    old.close();
  }

  #fail(turn: Turn, error: Error): void {
    if (turn.over) return;
    turn.over = true;
    turn.requester.failed(error);
  }

  #gone(): SocketError {
    return new SocketError(
      'request',
      this.#settings.socket.endpoints.join(', '),
      'it was closed before the reply came',
    );
  }
}
