import { Observable, type Subscriber } from 'rxjs';
import type { Parts } from '../basics/Parts.js';
import { isAwaited, run } from '../demand/run.js';
import type { Demand, Waiter } from '../demand/types.js';
import { type CallerContext, callerContext } from '../basics/callerContext.js';
import type { Clock } from '../time/Clock.js';
import { Outlet } from '../rx/Outlet.js';
import { reporting } from '../rx/reporting.js';
import type { Socket } from '../driver/Socket.js';
import type { StallWatch } from '../endpoints/status/StallWatch.js';
import { type TurnBudget, turnBudgetOf } from '../time/TurnBudget.js';

/** The settings of a {@link Reader}. */
export interface ReaderSettings {
  readonly clock: Clock;
  readonly decode: (parts: Parts) => unknown;
  readonly stalls: StallWatch;
  /** Called before a message is emitted, and again when all subscribers have it. */
  readonly delivering: () => void;
  readonly delivered: () => void;
}

/**
 * The received messages of a socket, for any number of subscribers, each of which gets every message from when it subscribed.
 * It reads while there are subscribers and all of them are ready.
 */
export class Reader {
  readonly messages: Observable<unknown>;
  readonly #settings: ReaderSettings;
  readonly #turn: TurnBudget;
  #socket: Socket | undefined;
  readonly #outlets = new Map<Outlet<unknown>, CallerContext>();
  /** The same as an array. It is replaced, not changed, when the subscribers change. */
  #list: readonly Outlet<unknown>[] = [];
  /** It is reading, or waits for the consumer or the next turn. */
  #busy = false;
  /** The demand of the consumer that it waits for. */
  #full: Demand | undefined;
  #end: { readonly error?: unknown } | undefined;
  readonly #waiter: Waiter = { room: () => this.#resume() };

  constructor(settings: ReaderSettings) {
    this.#settings = settings;
    this.#turn = turnBudgetOf(settings.clock);
    this.messages = new Observable((subscriber) => {
      this.#subscribe(subscriber);
    });
  }

  open(socket: Socket): void {
    this.#socket = socket;
  }

  /** Messages can be read. */
  readable(): void {
    run(this.#read);
  }

  /** Reading has ended: completes, or errors. */
  close(end: { readonly error?: unknown }): void {
    if (this.#end) return;
    this.#end = end;
    this.#socket = undefined;
    this.#settings.stalls.close();
    this.#full?.leave(this.#waiter);
    for (const [outlet, context] of [...this.#outlets]) context.runInAsyncScope(finish, undefined, outlet, end);
  }

  #subscribe(subscriber: Subscriber<unknown>): void {
    const outlet = Outlet.of(subscriber, this.messages);
    if (this.#end) {
      finish(outlet, this.#end);
      return;
    }
    this.#outlets.set(outlet, callerContext());
    this.#list = [...this.#outlets.keys()];
    subscriber.add(() => this.#leave(outlet)); // before anything is read, as the first value may end the subscription
    run(this.#read);
  }

  #leave(outlet: Outlet<unknown>): void {
    this.#outlets.delete(outlet);
    this.#list = [...this.#outlets.keys()];
    if (this.#full === undefined || this.#full !== outlet.demand) return;
    this.#full.leave(this.#waiter); // it may have been the consumer that it waited for
    run(this.#resume);
  }

  readonly #resume = (): void => {
    this.#full = undefined;
    this.#busy = false;
    run(this.#read);
  };

  readonly #read = (): void => {
    if (this.#busy) return;
    this.#busy = true;
    const [outlet, another] = this.#list;
    if (outlet === undefined || another !== undefined) {
      this.#readAll(undefined);
      return;
    }
    this.#outlets.get(outlet)?.runInAsyncScope(this.#readAll, this, outlet); // once for all messages, not for each
  };

  /** @param entered the subscriber in whose context it runs */
  readonly #readAll = (entered: Outlet<unknown> | undefined): void => {
    const { stalls, decode, delivering, delivered } = this.#settings;
    while (!this.#turn.spent) {
      const socket = this.#socket;
      if (socket === undefined || this.#list.length === 0) {
        stalls.resume();
        this.#busy = false;
        return;
      }
      const full = this.#whoIsFull();
      if (full !== undefined) {
        this.#full = full;
        stalls.stall();
        full.wait(this.#waiter);
        this.#pass();
        return;
      }
      stalls.resume();
      const parts = socket.read();
      if (parts === undefined) {
        this.#busy = false;
        this.#pass();
        return;
      }
      const message = decode(parts);
      delivering();
      for (const outlet of this.#list) {
        if (outlet === entered) outlet.next(message);
        else if (!outlet.closed) this.#outlets.get(outlet)?.runInAsyncScope(() => outlet.next(message));
      }
      delivered();
      if (isAwaited()) {
        this.#resume();
        return;
      }
    }
    this.#turn.wait(this.#resume);
  };

  #whoIsFull(): Demand | undefined {
    for (const { demand: asked } of this.#list) if (asked?.hasRoom() === false) return asked;
    return undefined;
  }

  /** Passes unused demand to the others that wait for it. */
  #pass(): void {
    for (const { demand: asked } of this.#list) if (asked !== this.#full) asked?.pass();
  }
}

function finish(outlet: Outlet<unknown>, end: { readonly error?: unknown }): void {
  reporting(() => ('error' in end ? outlet.error(end.error) : outlet.complete())); // the socket must be closed nevertheless
}
