import { asyncScheduler, defer, interval, type Observable, Subject, Subscription, tap, timer } from 'rxjs';
import { SocketError, type SocketStatus } from 'rxzmq';
import type { ReaderStatus } from '../../src/savant/index.js';

/** What is done from within a callback. */
export const acts = ['unsubscribe', 'subscribe anew', 'subscribe twice', 'send', 'throw'] as const;
export type Act = (typeof acts)[number];

/** Where a pair of endpoints meets, and how. */
export interface Place {
  readonly url: string;
  readonly driver: 'engine' | 'native' | 'auto';
  /** The endpoint that is called back from binds, and its counterpart connects; or the other way round. */
  readonly binds: boolean;
  /** Both connect to a server between them, and the one that would bind is there first. Messages may come again, out of order. */
  readonly hasBroker?: boolean;
}

/** An endpoint, handle or consumer whose callbacks call back, with the counterpart that keeps it going. */
export interface Pair {
  /** Emits ever greater numbers. */
  own(rig: Rig, url: string, bind: boolean): Observable<number>;
  other(rig: Rig, url: string, bind: boolean): Observable<unknown>;
  /** It has no socket whose statuses could be heard. */
  readonly isSilent?: boolean;
}

/** The error that callbacks throw. */
export const thrown = new Error('thrown by a callback');

/** So much must still come after a callback has called back. */
const ENOUGH = 3;
const FEED_EVERY_MS = 2;

/** Two of the same cannot be bound to one endpoint. */
const isTaken = (error: unknown): boolean => error instanceof SocketError && error.operation === 'bind';

/** One pair, and the one callback that calls back, the first time it is called. */
export class Rig {
  readonly driver: Place['driver'];
  readonly hasBroker: boolean;
  /** What whoever sends is to send: numbers that count up. */
  readonly feed: Observable<number>;
  /** What went wrong. */
  readonly faults: string[] = [];
  /** Settled once enough has come, or the pipeline ended as it should. */
  readonly done: Promise<void>;
  wasCalled = false;
  /** The error that the pipeline ended with. */
  error: unknown;
  readonly #feed = new Subject<number>();
  readonly #pair: Pair;
  readonly #place: Place;
  readonly #callback: string;
  readonly #act: Act;
  /** What is sent while a value is encoded comes before that value. */
  readonly #overtakes: boolean;
  readonly #all = new Subscription();
  #finish!: () => void;
  #isDone = false;
  #sent = 0;
  #came = 0;
  #endpoint: string | undefined;
  #isOtherUp = false;
  #ownGeneration = 0;
  #own = new Subscription();
  /** Sockets that have told of themselves, and of their end. */
  readonly #open = new Set<number>();
  readonly #gone = new Set<number>();
  readonly #ended = new Subject<void>();

  constructor(pair: Pair, place: Place, callback: string, act: Act) {
    this.feed = this.#feed.asObservable();
    this.#pair = pair;
    this.#place = place;
    this.driver = place.driver;
    this.hasBroker = place.hasBroker === true;
    this.#callback = callback;
    this.#act = act;
    this.#overtakes = (act === 'send' && callback === 'encode') || place.hasBroker === true;
    this.done = new Promise((resolve) => (this.#finish = resolve));
  }

  /** @param patienceMs how long enough may take; in virtual time nothing else would end it */
  start(patienceMs?: number): void {
    if (patienceMs !== undefined) {
      const giveUp = timer(patienceMs).subscribe(() => {
        this.#fault(`no ${ENOUGH} values came within ${patienceMs} ms, but ${this.#came}`);
        this.#end();
      });
      this.#all.add(giveUp);
    }
    this.#all.add(interval(FEED_EVERY_MS).subscribe(() => this.send()));
    if (this.#place.binds) this.#startOwn();
    else this.#startOther();
    if (this.#pair.isSilent === true && !this.#place.binds) this.#startOwn(); // nobody tells it where
  }

  /** Ends everything. Settles once each socket has told that it is gone. */
  async stop(): Promise<void> {
    this.#isDone = true;
    this.#all.unsubscribe();
    this.#own.unsubscribe();
    while (this.#open.size > 0) await new Promise<void>((resolve) => this.#ended.subscribe(resolve));
  }

  send(): void {
    this.#feed.next((this.#sent += 1));
  }

  /** To be called by each callback of what is tested. */
  call(name: string): void {
    if (this.#isDone || this.wasCalled || name !== this.#callback) return;
    this.wasCalled = true;
    this.#came = 0;
    switch (this.#act) {
      case 'unsubscribe':
        this.#endOwn();
        asyncScheduler.schedule(() => this.#startOwn());
        break;
      case 'subscribe anew':
        this.#endOwn();
        this.#startOwn();
        break;
      case 'subscribe twice':
        this.#startOwn();
        break;
      case 'send':
        this.send();
        break;
      case 'throw':
        throw thrown;
    }
  }

  /** For option `status` of what is tested. */
  readonly ownStatus = (status: SocketStatus | ReaderStatus): void => {
    this.otherStatus(status);
    this.call(`status ${status.kind}`);
  };

  /** For option `status` of every other socket. */
  readonly otherStatus = (status: SocketStatus | ReaderStatus): void => {
    if (this.#gone.has(status.socketId)) this.faults.push(`'${status.kind}' was told after 'closed'`);
    if (status.kind === 'closed') {
      this.#gone.add(status.socketId);
      this.#open.delete(status.socketId);
      this.#ended.next();
      return;
    }
    this.#open.add(status.socketId);
    const isThere = this.#place.hasBroker === true ? 'connected' : 'listening';
    if (status.kind !== isThere || status.endpoint.startsWith('inproc://behind')) return;
    if (this.#endpoint !== undefined) return;
    this.#endpoint = status.endpoint;
    if (this.#place.binds) this.#startOther();
    else this.#startOwn();
  };

  #startOther(): void {
    if (this.#isOtherUp || this.#isDone) return;
    this.#isOtherUp = true;
    const { url, binds } = this.#place;
    const other = this.#pair.other(this, this.#endpoint ?? url, !binds && this.#place.hasBroker !== true);
    this.#all.add(
      other.subscribe({ error: (error: unknown) => this.#fault(`the counterpart failed: ${String(error)}`) }),
    );
  }

  #startOwn(): void {
    if (this.#isDone) return;
    const { url, binds } = this.#place;
    const generation = (this.#ownGeneration += 1);
    const seen = new Set<number>();
    let last = 0;
    let isOver = false;
    const own = new Subscription(() => (isOver = true));
    if (this.#act !== 'subscribe twice') this.#own = own;
    this.#all.add(own);
    const pipeline = defer(() => this.#pair.own(this, this.#endpoint ?? url, binds && this.#place.hasBroker !== true));
    own.add(
      pipeline.pipe(tap({ finalize: () => (isOver = true) })).subscribe({
        next: (value) => {
          if (isOver) this.#fault(`subscription ${generation} emitted ${value} after it had ended`);
          if (this.#overtakes ? seen.has(value) : value <= last) {
            this.#fault(`subscription ${generation} emitted ${value} after ${last}`);
          }
          last = value;
          seen.add(value);
          this.#came += 1;
          if (this.wasCalled && this.#came >= ENOUGH) this.#end();
          this.call('next');
        },
        error: (error: unknown) => {
          if (binds && this.#act === 'subscribe twice' && generation > 1 && isTaken(error)) return; // the first goes on
          this.error = error;
          if (error !== thrown) this.#fault(`it failed: ${String(error)}`);
          this.#end();
        },
      }),
    );
  }

  #endOwn(): void {
    this.#own.unsubscribe();
  }

  #fault(text: string): void {
    if (!this.#isDone) this.faults.push(text);
  }

  #end(): void {
    this.#isDone = true;
    this.#all.unsubscribe();
    this.#finish();
  }
}
