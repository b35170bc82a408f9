import type { NatsConnection as Client } from '@nats-io/nats-core';
import type { Clock } from '../time/Clock.js';
import { Deadline } from '../time/Deadline.js';
import type { RequestLimits, WorkQueue } from './workQueue.js';

/** How long a request for messages is valid, and how often the server sends a heartbeat for it, in ms. */
const EXPIRES_MS = 30_000;
const HEARTBEAT_MS = 1500;
/** After this long without a message from the server, in ms, its requests count as lost. */
const SILENT_MS = 4000;
const NS_PER_MS = 1_000_000;

const IDLE = 100;
const MISSING: readonly number[] = [404, 503];
const CONFLICT = 409;
/** With such a reason, the queue must be looked up again: what is known of its consumer is not true any more. */
const OUTDATED = /deleted|not found|push based|exceeded maxrequest/i;

/** The messages that were requested from a consumer and have not arrived yet. */
export class PullRequests {
  readonly #clock: Clock;
  readonly #subject: string;
  readonly #askAgain: () => void;
  readonly #left = new Map<string, number>();
  readonly #silent: Deadline;
  #inbox = '';
  #next = 0;
  #limits: RequestLimits = { batch: Infinity, expiresMs: Infinity };
  #closed = false;
  #cancelPause: (() => void) | undefined;
  outstanding = 0;

  /** @param askAgain called when fewer messages will arrive than were requested */
  constructor(clock: Clock, { stream, consumer }: WorkQueue, askAgain: () => void) {
    this.#clock = clock;
    this.#subject = `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`;
    this.#askAgain = askAgain;
    this.#silent = new Deadline(clock, () => {
      this.forget();
      askAgain();
    });
  }

  /** Returns the subject of all answers. */
  open(inbox: string): string {
    this.#inbox = inbox;
    return `${inbox}.*`;
  }

  /** Sets what the consumer allows: it refuses a request for more. */
  limit(limits: RequestLimits): void {
    this.#limits = limits;
  }

  ask(client: Client, wanted: number): void {
    if (this.#closed || wanted < 1 || this.#cancelPause !== undefined) return;
    const batch = Math.min(wanted, this.#limits.batch);
    const expiresMs = Math.min(EXPIRES_MS, this.#limits.expiresMs);
    const heartbeatMs = Math.min(HEARTBEAT_MS, expiresMs / 2); // the server refuses a longer one
    this.#next += 1;
    const reply = `${this.#inbox}.${this.#next}`;
    this.#left.set(reply, batch);
    this.outstanding += batch;
    const body = { batch, expires: expiresMs * NS_PER_MS, idle_heartbeat: heartbeatMs * NS_PER_MS };
    client.publish(this.#subject, JSON.stringify(body), { reply });
    this.#silent.set(SILENT_MS);
  }

  /** A message arrived. It belongs to the oldest request, as the server serves them in order. */
  came(): void {
    const [oldest] = this.#left;
    if (oldest !== undefined) {
      const [inbox, left] = oldest;
      this.outstanding -= 1;
      if (left === 1) this.#left.delete(inbox);
      else this.#left.set(inbox, left - 1);
    }
    this.#alive();
  }

  /** Handles a status message of the server about a request. If the queue cannot be used, returns the reason. */
  heard(inbox: string, code: number, description: string): string | undefined {
    this.#alive();
    if (code === IDLE) return undefined;
    this.#end(inbox);
    if (MISSING.includes(code) && !/no messages/i.test(description)) return description || 'the consumer is gone';
    if (code === CONFLICT && OUTDATED.test(description)) return description;
    if (code === CONFLICT) this.#pause();
    else this.#askAgain();
    return undefined;
  }

  /** No pending request will be answered. */
  forget(): void {
    this.#left.clear();
    this.outstanding = 0;
    this.#silent.clear();
  }

  close(): void {
    this.#closed = true;
    this.forget();
    this.#silent.close();
    this.#cancelPause?.();
  }

  #end(inbox: string): void {
    this.outstanding -= this.#left.get(inbox) ?? 0;
    this.#left.delete(inbox);
    if (this.#left.size === 0) this.#silent.clear();
  }

  #alive(): void {
    if (this.#left.size > 0) this.#silent.set(SILENT_MS);
    else this.#silent.clear();
  }

  /** The server accepts no more requests for now. */
  #pause(): void {
    // eslint-disable-next-line no-restricted-syntax -- asks again
    this.#cancelPause ??= this.#clock.after(HEARTBEAT_MS, () => {
      this.#cancelPause = undefined;
      this.#askAgain();
    });
  }
}
