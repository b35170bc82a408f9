import type { StatusOf } from '../../src/driver/SocketStatus.js';
import { FAILURE_MS } from './failure.js';

/** What a socket tells of its connections, the same on each driver. */
export type ContractEvent = StatusOf;

type Kind = ContractEvent['kind'];
type OfKind<K extends Kind> = Extract<ContractEvent, { readonly kind: K }>;

/** Keeps what a socket tells and lets cases wait for it. */
export class EventLog {
  readonly all: ContractEvent[] = [];
  readonly #waiting = new Set<() => void>();

  add(event: ContractEvent): void {
    this.all.push(event);
    for (const check of [...this.#waiting]) check();
  }

  of<K extends Kind>(kind: K): OfKind<K>[] {
    return this.all.filter((event): event is OfKind<K> => event.kind === kind);
  }

  /** Peers whose handshake is done and who are not gone. */
  get peers(): number {
    return this.of('connected').length - this.of('disconnected').length;
  }

  /** The nth of a kind, from 1, whether it was told already or not. */
  async nth<K extends Kind>(kind: K, n: number): Promise<OfKind<K>> {
    await this.until(() => this.of(kind).length >= n, `${kind} number ${n}`);
    return this.of(kind)[n - 1]!;
  }

  first<K extends Kind>(kind: K): Promise<OfKind<K>> {
    return this.nth(kind, 1);
  }

  /** The next of a kind that has not been told yet. */
  next<K extends Kind>(kind: K): Promise<OfKind<K>> {
    return this.nth(kind, this.of(kind).length + 1);
  }

  /** Waits until something is so, which can only come true with an event. */
  until(isSo: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!isSo()) return;
        this.#waiting.delete(check);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`waited in vain for: ${what}; ${this.show()}`));
      }, FAILURE_MS);
      this.#waiting.add(check);
      check();
    });
  }

  show(): string {
    return `told so far: ${this.all.map(({ kind }) => kind).join(', ') || 'nothing'}`;
  }
}
