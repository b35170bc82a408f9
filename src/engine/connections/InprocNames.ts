import type { InprocBinder } from './InprocBinder.js';
import type { InprocConnector } from './InprocConnector.js';

/** What is known of the names of other threads, which cannot be reached from here. */
export interface NamesElsewhere {
  bound(name: string): void;
  unbound(name: string): void;
  seek(name: string): void;
  unseek(name: string): void;
  /** Sets who hears of a name that is sought here and bound there. */
  onFound(found: (name: string) => void): void;
}

/** Who is bound to which name, and who waits for one: one table for each thread, or each run in virtual time. */
export class InprocNames {
  readonly #bound = new Map<string, InprocBinder>();
  readonly #waiting = new Map<string, Set<InprocConnector>>();

  readonly #elsewhere: NamesElsewhere | undefined;

  constructor(elsewhere?: NamesElsewhere) {
    this.#elsewhere = elsewhere;
    elsewhere?.onFound((name) => {
      if (!this.#bound.has(name)) for (const connector of [...(this.#waiting.get(name) ?? [])]) connector.isElsewhere();
    });
  }

  isBound(name: string): boolean {
    return this.#bound.has(name);
  }

  /** The name must be free. */
  bind(name: string, binder: InprocBinder): void {
    this.#bound.set(name, binder);
    this.#elsewhere?.bound(name);
  }

  /** Tells those who wait for a name who is bound to it. */
  tellWaiting(name: string): void {
    for (const connector of [...(this.#waiting.get(name) ?? [])]) {
      const binder = this.#bound.get(name);
      if (binder) connector.found(binder);
    }
  }

  unbind(name: string, binder: InprocBinder): void {
    if (this.#bound.get(name) !== binder) return;
    this.#bound.delete(name);
    this.#elsewhere?.unbound(name);
  }

  /** Tells the connector of who is bound, now and whenever somebody else is, until it leaves. */
  wait(name: string, connector: InprocConnector): void {
    const waiting = this.#waiting.get(name) ?? new Set();
    this.#waiting.set(name, waiting.add(connector));
    const binder = this.#bound.get(name);
    if (binder) connector.found(binder);
    else this.#elsewhere?.seek(name);
  }

  leave(name: string, connector: InprocConnector): void {
    const waiting = this.#waiting.get(name);
    waiting?.delete(connector);
    if (waiting?.size !== 0) return;
    this.#waiting.delete(name);
    this.#elsewhere?.unseek(name);
  }
}
