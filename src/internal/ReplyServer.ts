import { from, isObservable, type Observable, Subscription } from 'rxjs';
import type { Codec, Parts } from '../codecs/Codec.js';
import { untracked } from '../demand/untracked.js';
import type { StampSettings } from '../frame/createStamp.js';
import { connectionCodecs } from './connectionCodecs.js';
import { copyParts } from './copyParts.js';
import { drainer } from './drainer.js';
import { decode } from './decode.js';
import { encode } from './encode.js';
import { invalidHandler, type OnInvalid } from './invalid.js';
import type { Outlet } from './Outlet.js';
import { preparer } from './preparer.js';
import { presentSettings } from './presentSettings.js';
import { Queue } from './Queue.js';
import type { Socket, SocketSettings } from './Socket.js';
import type { SocketStatus } from './SocketStatus.js';
import { show } from './show.js';
import { splitEnvelope } from './splitEnvelope.js';
import type { StallWatch } from './StallWatch.js';
import { startSocket } from './startSocket.js';
import { type StatusObserver, statusReporter } from './statusReporter.js';
import { warn } from './warn.js';
import { requireRealTime } from './worlds.js';
import { watchStalls } from './watchStalls.js';

/** What a reply source does with its socket. */
export interface ReplySettings {
  readonly of: string;
  readonly socket: SocketSettings;
  readonly codec: Codec<unknown>;
  readonly stamp: StampSettings;
  readonly zeroCopy: boolean;
  readonly handler: (request: unknown) => unknown;
  readonly concurrency: number;
  readonly handlerTimeoutMs: number;
  readonly lingerMs: number;
  readonly onInvalid: OnInvalid;
  readonly status: StatusObserver | undefined;
}

/** A character for each byte. */
const latin1 = new TextDecoder('latin1');

/** A request that is being served. */
interface Job {
  readonly request: unknown;
  readonly envelope: Parts;
  /** Replies of jobs with the same one keep their order. */
  readonly line: string;
  state: 'running' | 'answered' | 'failed';
  answer: unknown;
}

interface Outgoing {
  readonly parts: Parts;
  readonly served: { readonly request: unknown; readonly reply: unknown };
}

/** One subscription of a reply source. */
export class ReplyServer {
  readonly #settings: ReplySettings;
  /** Encodes replies. */
  readonly #codec: Codec<unknown>;
  /** Decode the requests of each connection. */
  readonly #codecOf: (from: number | undefined) => Codec<unknown>;
  readonly #out: Outlet<unknown>;
  readonly #tell: (status: SocketStatus) => void;
  readonly #invalid: (socket: Socket, cause: unknown, parts: Parts) => void;
  readonly #prepare: (answer: unknown) => unknown;
  readonly #socket: Socket;
  readonly #drain: () => void;
  readonly #stalls: StallWatch;
  readonly #lines = new Map<string, Queue<Job>>();
  readonly #outgoing = new Queue<Outgoing>();
  readonly #handlers = new Set<() => void>();
  #running = 0;
  #warned = false;

  constructor(given: ReplySettings, out: Outlet<unknown>) {
    const settings = (this.#settings = presentSettings(given));
    this.#out = out;
    const { of, socket, codec, stamp, onInvalid } = settings;
    this.#tell = statusReporter(settings.status);
    this.#invalid = invalidHandler(of, onInvalid, this.#tell, out);
    this.#codec = codec.open?.() ?? codec;
    this.#codecOf = connectionCodecs(codec);
    this.#prepare = preparer(this.#codec, stamp, socket.clock);
    this.#stalls = watchStalls(socket.clock, () => this.#socket, this.#tell);
    this.#drain = drainer({
      clock: socket.clock,
      read: () => (this.#running < settings.concurrency && !out.closed ? this.#socket.read() : undefined),
      take: (parts) => this.#arrived(parts),
      demand: out.demand,
      stalls: this.#stalls,
    });
    this.#socket = startSocket(socket, {
      readable: this.#drain,
      writable: () => this.#flush(),
      status: this.#tell,
      failed: (error) => out.error(error),
      closed: () => undefined,
    });
  }

  close(): void {
    this.#stalls.close();
    for (const stop of this.#handlers) stop();
    this.#lines.clear();
    this.#outgoing.clear();
    this.#socket.close(this.#settings.lingerMs);
  }

  /** A message is the peer's routing id, the rest of the envelope, an empty part, and the body. */
  #arrived(parts: Parts): void {
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
      answer = untracked(() => this.#settings.handler(request));
      later = observe(answer);
    } catch (error) {
      this.#dropped('the handler threw', error);
      return;
    }
    if (later === undefined && this.#lines.size === 0) {
      this.#send(request, envelope, answer);
      return;
    }

    const name = envelope.map((part) => `${part.length}:${latin1.decode(part)}`).join('');
    const line = this.#lines.get(name) ?? new Queue<Job>();
    const job: Job = { request, envelope, line: name, state: 'running', answer: undefined };
    line.push(job);
    this.#lines.set(name, line);
    this.#running += 1;
    if (later === undefined) this.#ended(job, 'answered', '', answer);
    else this.#listen(job, later);
  }

  #listen(job: Job, answer: Observable<unknown>): void {
    const { clock } = this.#settings.socket;
    const { handlerTimeoutMs } = this.#settings;
    let cancelTimer = (): void => undefined;
    const subscription = new Subscription();
    const stop = (): void => {
      cancelTimer();
      this.#handlers.delete(stop);
      subscription.unsubscribe();
    };
    const end = (state: 'answered' | 'failed', reason: string, value?: unknown): void => {
      if (job.state !== 'running') return;
      stop();
      this.#ended(job, state, reason, value);
    };
    this.#handlers.add(stop);
    const observer = {
      next: (value: unknown) => end('answered', '', value),
      error: (error: unknown) => end('failed', 'the handler failed', error),
      complete: () => end('failed', 'the handler completed without a reply'),
    };
    untracked(() => subscription.add(answer.subscribe(observer)));
    if (subscription.closed) return; // it answered at once
    const late = `the handler took longer than ${handlerTimeoutMs} ms`;
    cancelTimer = clock.after(handlerTimeoutMs, () => end('failed', late));
  }

  #ended(job: Job, state: 'answered' | 'failed', reason: string, value: unknown): void {
    this.#running -= 1;
    job.state = state;
    job.answer = value;
    if (state === 'failed') this.#dropped(reason, value);
    this.#release(job.line);
    this.#drain();
  }

  /** Sends the answers of a line that are next in its order. */
  #release(name: string): void {
    const line = this.#lines.get(name);
    for (let job = line?.peek(); job && job.state !== 'running'; job = line?.peek()) {
      line?.shift();
      if (job.state === 'answered') this.#send(job.request, job.envelope, job.answer);
    }
    if (line?.size === 0) this.#lines.delete(name);
  }

  #send(request: unknown, envelope: Parts, answer: unknown): void {
    const { zeroCopy } = this.#settings;
    let reply: unknown;
    let body: Parts;
    try {
      reply = this.#prepare(answer);
      body = encode(this.#codec, reply);
    } catch (error) {
      this.#dropped('the reply cannot be encoded', error);
      return;
    }
    if (this.#outgoing.size === 0 && this.#socket.write([...envelope, ...body], zeroCopy)) {
      this.#out.next({ request, reply });
      return;
    }
    const own = zeroCopy ? body : copyParts(body); // it waits
    this.#outgoing.push({ parts: [...envelope, ...own], served: { request, reply } });
  }

  #flush(): void {
    for (let first = this.#outgoing.peek(); first; first = this.#outgoing.peek()) {
      if (!this.#socket.write(first.parts, true)) return;
      this.#outgoing.shift();
      this.#out.next(first.served);
    }
  }

  #dropped(reason: string, error: unknown): void {
    const text = error === undefined ? reason : `${reason}: ${error instanceof Error ? error.message : show(error)}`;
    const { id: socketId, endpoint } = this.#socket;
    this.#tell({ kind: 'dropped', endpoint, socketId, count: 1, reason: text, error });
    if (!this.#warned)
      warn(`${this.#settings.of} ${endpoint} left a request without reply: ${text}; further ones are told by 'status'`);
    this.#warned = true;
  }
}

/** An answer that is to be waited for. */
function observe(answer: unknown): Observable<unknown> | undefined {
  if (isObservable(answer)) return answer;
  const { then } = (answer ?? {}) as Partial<PromiseLike<unknown>>;
  if (typeof then !== 'function') return undefined;
  requireRealTime('reply: a handler that gives a Promise');
  return from(answer as PromiseLike<unknown>);
}
