import type { InprocBinder } from '../inproc/InprocBinder.js';
import type { InprocConnector } from '../inproc/InprocConnector.js';

/** Who is bound to which name, and who waits for one: one table for each thread, or each run in virtual time. */
export class InprocNames {
  readonly #bound = new Map<string, InprocBinder>();
  readonly #waiting = new Map<string, Set<InprocConnector>>();

  isBound(name: string): boolean {
    return this.#bound.has(name);
  }

  /** The name must be free. */
  bind(name: string, binder: InprocBinder): void {
    this.#bound.set(name, binder);
  }

  /** Tells those who wait for a name who is bound to it. */
  tellWaiting(name: string): void {
    for (const connector of [...(this.#waiting.get(name) ?? [])]) {
      const binder = this.#bound.get(name);
      if (binder) connector.found(binder);
    }
  }

  unbind(name: string, binder: InprocBinder): void {
    if (this.#bound.get(name) === binder) this.#bound.delete(name);
  }

  /** Tells the connector of who is bound, now and whenever somebody else is, until it leaves. */
  wait(name: string, connector: InprocConnector): void {
    const waiting = this.#waiting.get(name) ?? new Set();
    this.#waiting.set(name, waiting.add(connector));
    const binder = this.#bound.get(name);
    if (binder) connector.found(binder);
  }

  leave(name: string, connector: InprocConnector): void {
    const waiting = this.#waiting.get(name);
    waiting?.delete(connector);
    if (waiting?.size === 0) this.#waiting.delete(name);
  }
}
