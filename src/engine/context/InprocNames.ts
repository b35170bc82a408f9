import type { NamesElsewhere } from '../carriers/NamesElsewhere.js';
import type { InprocPipe } from '../pipes/InprocPipe.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';

/** A bound name. */
export interface InprocBound {
  readonly peer: PeerInfo;
  /** Returns the pipe for a connector, or the reason why there is none; `undefined`: the listener has closed it in the meantime. */
  accept(connector: InprocWaiting, peer: PeerInfo): InprocPipe | string | undefined;
  /** The two ends are connected. */
  joined(): void;
  /** The connector of a pipe is gone. */
  left(pipe: InprocPipe): void;
  /** Ends the connection of a pipe. */
  ended(pipe: InprocPipe): void;
}

/** A connector of a name, which may be bound or not. */
export interface InprocWaiting {
  /** The name is bound. */
  found(bound: InprocBound): void;
  /** The socket that had bound it is gone. */
  lost(reason: string): void;
  /** The name is bound in another thread. */
  isElsewhere(): void;
}

/** The bound names, and the connectors that wait for a name: one table for each thread, or for each run in virtual time. */
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

  /** Calls `found` of the connectors that wait for a name, if it is bound. */
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

  /** Calls `found` of the connector now, if the name is bound, and each time it is bound again, until the connector leaves. */
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
