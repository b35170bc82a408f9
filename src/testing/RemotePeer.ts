import { filter, finalize, mergeMap, NEVER, type Observable, ReplaySubject, Subject, type Subscription } from 'rxjs';
import type { Codec } from '../codecs/Codec.js';
import type { StampSettings } from '../frame/createStamp.js';
import { LONGEST_DELAY_MS } from '../time/Clock.js';
import type { EndpointType } from '../driver/SocketSettings.js';
import { requester, type RequesterHandle } from '../operators/requester.js';
import { untracked } from '../operators/untracked.js';
import { toPub } from '../sinks/toPub.js';
import { toPush } from '../sinks/toPush.js';
import { fromPull } from '../sources/fromPull.js';
import { fromSub } from '../sources/fromSub.js';
import { type Answer, reply } from '../sources/reply.js';
import { RoomGate } from './RoomGate.js';

/** How the far side of an endpoint sends. */
export interface FeedOptions extends StampSettings {
  /** The codec of its messages. @default sigs */
  readonly codec?: Codec<never> | undefined;
  /** For a `reply`: how long the answer may take, in ms. @default 5000 */
  readonly timeoutMs?: number | undefined;
}

/** How the far side of an endpoint receives. */
export interface ExpectOptions {
  /** The codec of the messages. @default sigs */
  readonly codec?: Codec<never> | undefined;
  /** For a `toPub`: only messages whose first part begins with one of these. @default all */
  readonly topics?: readonly (string | Uint8Array)[] | undefined;
  /** For a `request`: the answer, now or by an Observable later. @default no answer */
  readonly reply?: ((request: never) => Answer<unknown>) | undefined;
  /** How many messages it queues while it is not ready. @default 1 if `room` is used, otherwise 1000 */
  readonly highWaterMark?: number | undefined;
}

/** Whose far sides they are. */
export interface RemotePeerOwner {
  readonly frame: number;
  /** Sockets that the function opens belong to the kit. */
  asOwn(action: () => void): void;
  fail(text: string): void;
}

/** The behaviour of far sides, by the socket type of the endpoint under test. */
const ROLES = { pull: 'push', sub: 'pub', push: 'pull', pub: 'sub', router: 'request', dealer: 'reply' } as const;
const NAMES = { pull: 'fromPull', sub: 'fromSub', push: 'toPush', pub: 'toPub', router: 'reply', dealer: 'request' };
/** Stands for the answer to a request that has none. */
const NO_ANSWER = {};
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

/** The name of the public function for a type of socket. */
export function nameOf(type: EndpointType): string {
  return NAMES[type];
}

/** The other end of an endpoint under test, with the matching type and the opposite side. */
export class RemotePeer {
  readonly endpoint: string;
  readonly gate = new RoomGate();
  /** The received messages; for a `reply`, its answers. */
  readonly output: Observable<unknown>;
  feedOptions: FeedOptions | undefined;
  expectOptions: ExpectOptions | undefined;
  hasRoomMarbles = false;
  /** In which millisecond it became a subscriber of the publisher under test. */
  subscribedAt: number | undefined;
  readonly #owner: RemotePeerOwner;
  readonly #output = new ReplaySubject<unknown>(Infinity);
  /** Messages that were fed before there was a peer. */
  #held: { readonly frame: number; readonly value: unknown }[] = [];
  #near: { readonly type: EndpointType; readonly endpoint: string; readonly bind: boolean } | undefined;
  #input = new Subject<never>();
  #open: Subscription | undefined;
  #here = true;
  #completed = false;

  constructor(endpoint: string, owner: RemotePeerOwner) {
    this.endpoint = endpoint;
    this.#owner = owner;
    this.output = this.#output.asObservable();
  }

  /** Whether it has a peer. */
  get met(): boolean {
    return this.#near !== undefined;
  }

  /** How many values wait for a peer. */
  get held(): number {
    return this.#held.length;
  }

  /** Why messages that were sent up to a millisecond may not have arrived; '' if nothing explains it. */
  whyMissed(frame: number): string {
    if (this.#near?.type !== 'pub' || (this.subscribedAt ?? Infinity) < frame) return '';
    const when = this.subscribedAt === undefined ? 'never' : `at ${this.subscribedAt} ms, after what was sent before`;
    return `\n  a toPub drops messages without a subscriber, and the far side subscribed ${when}; with waitForSubscribers: 1 it waits`;
  }

  /** A socket of this type has opened; it connects to the endpoint that this side binds, or the opposite. */
  meet(type: EndpointType, endpoint: string, bind: boolean): void {
    if (this.#near) return;
    this.#near = { type, endpoint, bind };
    const takes = type === 'pull' || type === 'sub' || type === 'router';
    const gives = type === 'push' || type === 'pub' || type === 'router' || type === 'dealer';
    if (this.feedOptions && !takes) {
      this.#owner.fail(
        `feed('${this.endpoint}'): ${nameOf(type)} takes nothing there; expectEndpoint hears what it sends`,
      );
    }
    if (this.expectOptions && !gives) {
      this.#owner.fail(`expectEndpoint('${this.endpoint}'): ${nameOf(type)} sends nothing there; feed sends to it`);
    }
    if (type === 'sub') this.#held = this.#held.filter(({ frame }) => frame === this.#owner.frame); // as a PUB drops
    this.#enter();
  }

  send(value: unknown): void {
    if (this.#open) this.#input.next(value as never);
    else if (this.#near?.type !== 'sub') this.#held.push({ frame: this.#owner.frame, value });
  }

  /** Closes it after it has sent everything. */
  complete(): void {
    this.#completed = true;
    if (this.#open) this.#input.complete();
  }

  /** Closes it at once, and drops the rest. */
  abort(): void {
    this.#completed = true;
    this.#held = [];
    this.#leave();
  }

  /** It disconnects, or comes back. */
  set(here: boolean): void {
    if (here === this.#here) return;
    this.#here = here;
    if (here) this.#enter();
    else this.#leave();
  }

  close(): void {
    this.#here = false;
    this.#leave();
  }

  #leave(): void {
    this.#open?.unsubscribe();
    this.#open = undefined;
  }

  #enter(): void {
    if (!this.#near || this.#open || !this.#here) return;
    this.#input = new Subject();
    this.#owner.asOwn(() => untracked(() => (this.#open = this.#subscribe(ROLES[this.#near!.type]))));
    const held = this.#held;
    this.#held = [];
    for (const { value } of held) this.#input.next(value as never);
    if (this.#completed) this.#input.complete();
  }

  #subscribe(role: (typeof ROLES)[EndpointType]): Subscription {
    return this.#pipeline(role).subscribe({
      next: (value) => {
        if (role !== 'push' && role !== 'pub' && role !== 'reply') this.#output.next(value);
      },
      error: (error: unknown) => this.#owner.fail(`the far side of '${this.endpoint}' failed: ${String(error)}`),
    });
  }

  /** Requests do not wait for each other. */
  #ask(asker: RequesterHandle<never, unknown>): Observable<unknown> {
    return this.#input.pipe(
      mergeMap((value) => asker.request(value)),
      filter((answer) => answer !== NO_ANSWER),
      finalize(() => void asker.close()),
    );
  }

  #pipeline(role: (typeof ROLES)[EndpointType]): Observable<unknown> {
    const { endpoint, bind } = this.#near!;
    const { timeoutMs, ...sending } = this.feedOptions ?? {};
    const { codec, topics, reply: answer, highWaterMark } = this.expectOptions ?? {};
    const mark = highWaterMark ?? (this.hasRoomMarbles ? 1 : undefined);
    const sender = { codec, ...sending, bind: !bind };
    const out = { ...sender, maxBuffered: UNBOUNDED } as object;
    const into = { codec, bind: !bind, highWaterMark: mark, onInvalid: 'error', demand: this.gate } as object;
    const input = this.#input;
    switch (role) {
      case 'push':
        return input.pipe(toPush(endpoint, out));
      case 'pub':
        return input.pipe(toPub(endpoint, { ...out, waitForSubscribers: 1 }));
      case 'request':
        return this.#ask(requester(endpoint, { ...sender, timeoutMs, onTimeout: () => NO_ANSWER } as object));
      case 'pull':
        return fromPull(endpoint, into);
      case 'sub':
        return fromSub(endpoint, { ...into, topics } as object);
      case 'reply': {
        const handler = (asked: unknown): Answer<never> => {
          this.#output.next(asked);
          return (answer ? (answer as (asked: unknown) => unknown)(asked) : NEVER) as Answer<never>;
        };
        return reply(endpoint, handler, {
          ...into,
          concurrency: UNBOUNDED,
          handlerTimeoutMs: LONGEST_DELAY_MS,
        } as object);
      }
    }
  }
}
