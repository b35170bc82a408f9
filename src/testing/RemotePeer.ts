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
  /** What the parts of its messages mean. @default sigs */
  readonly codec?: Codec<never> | undefined;
  /** To a `reply`: how long the answer may take, in ms. @default 5000 */
  readonly timeoutMs?: number | undefined;
}

/** How the far side of an endpoint receives. */
export interface ExpectOptions {
  /** What the parts of messages mean. @default sigs */
  readonly codec?: Codec<never> | undefined;
  /** From a `toPub`: only messages whose first part begins with one of these. @default all */
  readonly topics?: readonly (string | Uint8Array)[] | undefined;
  /** To a `request`: what it is answered, now or by an Observable later. @default no answer at all */
  readonly reply?: ((request: never) => Answer<unknown>) | undefined;
  /** How many messages it lets wait while it has no room. @default 1 where `room` is used, else 1000 */
  readonly highWaterMark?: number | undefined;
}

/** Whose far sides they are. */
export interface RemotePeerOwner {
  readonly frame: number;
  /** Whatever is opened meanwhile is the kit's own. */
  asOwn(action: () => void): void;
  fail(text: string): void;
}

/** What far sides do by what they are the far side of. */
const ROLES = { pull: 'push', sub: 'pub', push: 'pull', pub: 'sub', router: 'request', dealer: 'reply' } as const;
const NAMES = { pull: 'fromPull', sub: 'fromSub', push: 'toPush', pub: 'toPub', router: 'reply', dealer: 'request' };
/** Stands for the answer to a request that has none. */
const NO_ANSWER = {};
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

/** What a public function is called, by the type of its socket. */
export function nameOf(type: EndpointType): string {
  return NAMES[type];
}

/** The other end of an endpoint that is tested, of the type that fits and on the side that is left. */
export class RemotePeer {
  readonly endpoint: string;
  readonly gate = new RoomGate();
  /** What came: messages, and to a `reply` its answers. */
  readonly output: Observable<unknown>;
  feedOptions: FeedOptions | undefined;
  expectOptions: ExpectOptions | undefined;
  hasRoomMarbles = false;
  /** In which millisecond the publisher that it is the far side of had it as a subscriber. */
  subscribedAt: number | undefined;
  readonly #owner: RemotePeerOwner;
  readonly #output = new ReplaySubject<unknown>(Infinity);
  /** What was to be sent before there was anybody to send it to. */
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

  /** Whether it has somebody to talk to. */
  get met(): boolean {
    return this.#near !== undefined;
  }

  /** How many values wait for that. */
  get held(): number {
    return this.#held.length;
  }

  /** Why the first messages may not have come that were sent up to a millisecond; '' where nothing explains it. */
  whyMissed(frame: number): string {
    if (this.#near?.type !== 'pub' || (this.subscribedAt ?? Infinity) < frame) return '';
    const when = this.subscribedAt === undefined ? 'never' : `at ${this.subscribedAt} ms, after what was sent before`;
    return `\n  a toPub drops what nobody has subscribed to, and the far side subscribed ${when}; with waitForSubscribers: 1 it waits`;
  }

  /** Somebody of this type is there, who connects to what this side binds, or the other way round. */
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

  /** It has sent all it has, and goes. */
  complete(): void {
    this.#completed = true;
    if (this.#open) this.#input.complete();
  }

  /** It goes at once, with all it still has. */
  abort(): void {
    this.#completed = true;
    this.#held = [];
    this.#leave();
  }

  /** It goes away, or comes back. */
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

  /** None waits for the answer to another. */
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
