import type { NamesElsewhere } from '../carriers/NamesElsewhere.js';
import type { InprocPipe } from '../pipes/InprocPipe.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';

/** A name that is bound. */
export interface InprocBound {
  readonly peer: PeerInfo;
  /** Gives the pipe for a connector, or why there is none; `undefined`: whoever heard of it has closed it. */
  accept(connector: InprocWaiting, peer: PeerInfo): InprocPipe | string | undefined;
  /** The two ends have met. */
  joined(): void;
  /** The connector of a pipe is gone. */
  left(pipe: InprocPipe): void;
  /** Ends the connection of a pipe. */
  ended(pipe: InprocPipe): void;
}

/** One that connects to a name, be it bound or not. */
export interface InprocWaiting {
  /** The name is bound. */
  found(bound: InprocBound): void;
  /** Who had bound it is gone. */
  lost(reason: string): void;
  /** The name is bound in another thread. */
  isElsewhere(): void;
}

/** Who is bound to which name, and who waits for one: one table for each thread, or each run in virtual time. */
export class InprocNames {
  readonly #bound = new Map<string, InprocBound>();
  readonly #waiting = new Map<string, Set<InprocWaiting>>();

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
  bind(name: string, binder: InprocBound): void {
    this.#bound.set(name, binder);
    this.#elsewhere?.bound(name);
  }

  /** Tells those who wait for a name who is bound to it. */
  notifyWaiting(name: string): void {
    for (const connector of [...(this.#waiting.get(name) ?? [])]) {
      const binder = this.#bound.get(name);
      if (binder) connector.found(binder);
    }
  }

  unbind(name: string, binder: InprocBound): void {
    if (this.#bound.get(name) !== binder) return;
    this.#bound.delete(name);
    this.#elsewhere?.unbound(name);
  }

  /** Tells the connector of who is bound, now and whenever somebody else is, until it leaves. */
  wait(name: string, connector: InprocWaiting): void {
    const waiting = this.#waiting.get(name) ?? new Set();
    this.#waiting.set(name, waiting.add(connector));
    const binder = this.#bound.get(name);
    if (binder) connector.found(binder);
    else this.#elsewhere?.seek(name);
  }

  leave(name: string, connector: InprocWaiting): void {
    const waiting = this.#waiting.get(name);
    waiting?.delete(connector);
    if (waiting?.size !== 0) return;
    this.#waiting.delete(name);
    this.#elsewhere?.unseek(name);
  }
}
