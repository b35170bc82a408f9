import { byteText } from '../../basics/byteText.js';
import { from, type Observable, Subscription } from 'rxjs';
import type { Parts } from '../../basics/Parts.js';
import type { Codec } from '../../codecs/Codec.js';
import { callerContext } from '../../basics/callerContext.js';
import { aside } from '../../demand/aside.js';
import type { RxZmqError } from '../../errors.js';
import type { StampSettings } from '../../frame/createStamp.js';
import { connectionCodecs } from '../receiving/connectionCodecs.js';
import { copyParts } from '../../memory/copyParts.js';
import { DeadlineQueue, type Timed } from '../../time/DeadlineQueue.js';
import { readLoop } from '../receiving/readLoop.js';
import { decode } from '../../codecs/decode.js';
import { encode } from '../../codecs/encode.js';
import { invalidHandler, type OnInvalid } from '../status/invalidMessages.js';
import { KEEPS_ENVELOPES } from './keepsEnvelopes.js';
import { observableOf } from '../../rx/observableOf.js';
import type { Outlet } from '../../rx/Outlet.js';
import { reporting } from '../../rx/reporting.js';
import { preparer } from '../../codecs/preparer.js';
import { presentSettings } from '../presentSettings.js';
import type { Linked } from '../../basics/LinkedQueue.js';
import { Queue } from '../../basics/Queue.js';
import type { OpenSettings } from '../../driver/Driver.js';
import type { Socket } from '../../driver/Socket.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import { describe } from '../../basics/describe.js';
import { SendQueue, type SendQueueOwner } from '../sending/SendQueue.js';
import { splitEnvelope } from './splitEnvelope.js';
import type { StallWatch } from '../status/StallWatch.js';
import { startSocket } from '../startSocket.js';
import { unsendable } from '../unsendable.js';
import { type StatusObserver, statusReporter } from '../status/statusReporter.js';
import { warn } from '../../basics/warn.js';
import { requireRealTime } from '../../time/VirtualTime.js';
import { watchStalls } from '../status/watchStalls.js';

/** The settings of a reply source. */
export interface ReplySettings {
  readonly of: string;
  readonly socket: OpenSettings;
  readonly codec: Codec<unknown>;
  readonly stamp: StampSettings;
  readonly zeroCopy: boolean;
  readonly handler: (request: unknown) => unknown;
  readonly concurrency: number;
  readonly handlerTimeoutMs: number;
  readonly lingerMs: number;
  readonly onInvalid: OnInvalid;
  readonly status: StatusObserver | undefined;
  /** The socket has failed. */
  readonly failed: (error: RxZmqError) => void;
}

/** A request in progress. */
interface Job {
  readonly request: unknown;
  readonly envelope: Parts;
  /** The replies of jobs with the same line keep their order. */
  readonly line: string;
  state: 'running' | 'answered' | 'failed';
  answer: unknown;
}

/** A handler that has not replied yet. */
interface Running extends Timed<Running> {
  end(state: 'answered' | 'failed', reason: string, value?: unknown): void;
  stop(): void;
}

/** A queued reply. */
interface Outgoing extends Linked<Outgoing> {
  readonly parts: Parts;
  readonly served: { readonly request: unknown; readonly reply: unknown };
}

/** One subscription of a reply source. */
export class ReplyServer implements SendQueueOwner<Outgoing> {
  readonly #settings: ReplySettings;
  /** Encodes replies. */
  readonly #codec: Codec<unknown>;
  /** Decode the requests of each connection. */
  readonly #codecOf: (from: number | undefined) => Codec<unknown>;
  readonly #out: Outlet<unknown>;
  readonly #notify: (status: SocketStatus) => void;
  readonly #invalid: (socket: Socket, cause: unknown, parts: Parts) => void;
  readonly #prepare: (answer: unknown) => unknown;
  readonly #socket: Socket;
  readonly #drain: () => void;
  readonly #stalls: StallWatch;
  readonly #lines = new Map<string, Queue<Job>>();
  readonly #queue: SendQueue<Outgoing>;
  readonly #handlers = new Set<Running>();
  readonly #deadlines: DeadlineQueue<Running>;
  #running = 0;
  #warned = false;
  #closed = false;

  constructor(given: ReplySettings, out: Outlet<unknown>) {
    const settings = (this.#settings = presentSettings(given));
    this.#out = out;
    const { of, socket, codec, stamp, onInvalid } = settings;
    this.#notify = statusReporter(settings.status, { of, clock: socket.clock }, out.below);
    this.#invalid = invalidHandler(of, onInvalid, this.#notify, out);
    this.#codec = codec.open?.() ?? codec;
    this.#codecOf = connectionCodecs(codec);
    this.#prepare = preparer(this.#codec, stamp, socket.clock);
    this.#stalls = watchStalls(socket.clock, () => this.#socket, this.#notify);
    this.#drain = readLoop({
      clock: socket.clock,
      read: () => (this.#running < settings.concurrency && !out.closed ? this.#socket.read() : undefined),
      take: (parts) => this.#arrived(parts),
      demand: out.demand,
      stalls: this.#stalls,
    });
    const { handlerTimeoutMs } = settings;
    const late = `the handler took longer than ${handlerTimeoutMs} ms`;
    const context = callerContext();
    this.#deadlines = new DeadlineQueue(socket.clock, handlerTimeoutMs, (handler) =>
      context.runInAsyncScope(() => handler.end('failed', late)),
    );
    this.#queue = new SendQueue<Outgoing>(socket.clock, this);
    const asServer = { ...socket, properties: KEEPS_ENVELOPES };
    this.#socket = startSocket(asServer, {
      readable: this.#drain,
      writable: () => this.#queue.writable(),
      tried: (outcome) => this.#queue.tried(outcome),
      status: this.#notify,
      failed: settings.failed,
      closed: () => undefined,
    });
    this.#queue.open(this.#socket, socket.driver.capabilities);
  }

  close(): void {
    this.#closed = true;
    this.#stalls.close();
    for (const handler of this.#handlers) handler.stop();
    this.#deadlines.close();
    this.#lines.clear();
    this.#queue.close();
    this.#socket.close(this.#settings.lingerMs);
  }

  // The callbacks of its queue.

  /** The next request may arrive before this returns. */
  hand({ parts }: Outgoing): boolean | undefined {
    return this.#queue.hand(parts, true);
  }

  sent({ served }: Outgoing): void {
    this.#out.next(served);
  }

  failed(_message: Outgoing, error: unknown): void {
    this.#dropped('the reply cannot be sent', error);
  }

  /** A message is the peer's routing id, the rest of the envelope, an empty part, and the body. */
  #arrived(parts: Parts): void {
    this.#out.spend();
    const split = splitEnvelope(parts, 1);
    let request: unknown;
    try {
      if (split === undefined) throw new Error('a request without the empty part that ends its envelope');
      request = decode(this.#codecOf(this.#socket.from), split.body);
    } catch (cause) {
      this.#invalid(this.#socket, cause, parts);
      return;
    }
    this.#serve(request, split.envelope);
  }

  #serve(request: unknown, envelope: Parts): void {
    let answer: unknown;
    let later: Observable<unknown> | undefined;
    try {
      answer = aside(this.#out.below, () => this.#settings.handler(request));
      later = observe(answer);
    } catch (error) {
      this.#dropped('the handler threw', error);
      return;
    }
    if (this.#closed) return;
    if (later === undefined && this.#lines.size === 0) {
      this.#send(request, envelope, answer);
      return;
    }

    const name = envelope.map((part) => `${part.length}:${byteText(part)}`).join('');
    const line = this.#lines.get(name) ?? new Queue<Job>();
    const job: Job = { request, envelope, line: name, state: 'running', answer: undefined };
    line.push(job);
    this.#lines.set(name, line);
    this.#running += 1;
    if (later === undefined) this.#ended(job, 'answered', '', answer);
    else this.#listen(job, later);
  }

  #listen(job: Job, answer: Observable<unknown>): void {
    const subscription = new Subscription();
    const handler: Running = {
      since: 0,
      stop: () => {
        this.#deadlines.delete(handler);
        this.#handlers.delete(handler);
        reporting(() => subscription.unsubscribe());
      },
      end: (state, reason, value) => {
        if (job.state !== 'running') return;
        handler.stop();
        this.#ended(job, state, reason, value);
      },
    };
    this.#handlers.add(handler);
    const observer = {
      next: (value: unknown) => handler.end('answered', '', value),
      error: (error: unknown) => handler.end('failed', 'the handler failed', error),
      complete: () => handler.end('failed', 'the handler completed without a reply'),
    };
    aside(this.#out.below, () => reporting(() => subscription.add(answer.subscribe(observer))));
    if (!subscription.closed && !this.#closed) this.#deadlines.add(handler); // otherwise the handler answered at once, or ended the server
  }

  #ended(job: Job, state: 'answered' | 'failed', reason: string, value: unknown): void {
    this.#running -= 1;
    job.state = state;
    job.answer = value;
    if (state === 'failed') this.#dropped(reason, value);
    this.#release(job.line);
    this.#drain();
  }

  /** Sends the replies of a line that are next in its order. */
  #release(name: string): void {
    const line = this.#lines.get(name);
    for (let job = line?.peek(); job && job.state !== 'running'; job = line?.peek()) {
      line?.shift();
      if (job.state === 'answered') this.#send(job.request, job.envelope, job.answer);
      if (this.#closed) return;
    }
    // sending may have read the next request of that peer, for which there is a new line
    if (line?.size === 0 && this.#lines.get(name) === line) this.#lines.delete(name);
  }

  #send(request: unknown, envelope: Parts, answer: unknown): void {
    const { zeroCopy } = this.#settings;
    let reply: unknown;
    let body: Parts;
    try {
      reply = this.#prepare(answer);
      body = encode(this.#codec, reply);
    } catch (thrown) {
      const { of, socket } = this.#settings;
      const error = unsendable(thrown, { of, endpoints: socket.endpoints, codec: this.#codec, value: answer });
      this.#dropped('the reply cannot be encoded', error);
      return;
    }
    if (this.#closed) return; // the codec may have ended the server
    if (this.#queue.write([...envelope, ...body], zeroCopy)) {
      this.#out.next({ request, reply });
      this.#queue.resume();
    } else if (!this.#closed) {
      const own = zeroCopy ? body : copyParts(body); // it is queued
      this.#queue.post({ parts: [...envelope, ...own], served: { request, reply } });
    }
  }

  #dropped(reason: string, error: unknown): void {
    const text =
      error === undefined ? reason : `${reason}: ${error instanceof Error ? error.message : describe(error)}`;
    const { id: socketId, endpoint } = this.#socket;
    this.#notify({ kind: 'dropped', endpoint, socketId, count: 1, reason: text, error });
    if (!this.#warned)
      warn(
        `${this.#settings.of} ${endpoint} left a request without reply: ${text}; option 'status' reports further ones`,
      );
    this.#warned = true;
  }
}

/** Returns an Observable if the reply has to be awaited. */
function observe(answer: unknown): Observable<unknown> | undefined {
  const observable = observableOf(answer);
  if (observable) return observable;
  const { then } = (answer ?? {}) as Partial<PromiseLike<unknown>>;
  if (typeof then !== 'function') return undefined;
  requireRealTime('reply: a handler that gives a Promise');
  return from(answer as PromiseLike<unknown>);
}
