import type { Clock } from '../time/Clock.js';
import { Linger } from '../time/Linger.js';
import type { SocketEndpoint } from './connections/SocketCore.js';

/** The endpoints of a socket: those it has, and those it has left, for as long as what they have still goes out. */
export class EndpointSet {
  readonly #present = new Set<SocketEndpoint>();
  readonly #leaving = new Map<SocketEndpoint, Linger>();

  add(endpoint: SocketEndpoint): void {
    this.#present.add(endpoint);
  }

  has(endpoint: SocketEndpoint): boolean {
    return this.#present.has(endpoint);
  }

  /** It has not started, and never will. */
  delete(endpoint: SocketEndpoint): boolean {
    return this.#present.delete(endpoint);
  }

  [Symbol.iterator](): Iterator<SocketEndpoint> {
    return this.#present.values();
  }

  /** All that have not ended, those included that are left. */
  all(): SocketEndpoint[] {
    return [...this.#present, ...this.#leaving.keys()];
  }

  get names(): string {
    return [...this.#present].map(({ endpoint }) => endpoint).join(', ');
  }

  get unsentBytes(): number {
    return this.all().reduce((bytes, endpoint) => bytes + endpoint.unsentBytes, 0);
  }

  /** Those of a name, on one side. */
  *named(name: string, side: 'bound' | 'connected'): Iterable<SocketEndpoint> {
    for (const endpoint of this.#present) {
      if (endpoint.endpoint === name && endpoint.isBound === (side === 'bound')) yield endpoint;
    }
  }

  /** Whether a connection to that endpoint is there, or is tried. */
  connectsTo(name: string): boolean {
    for (const endpoint of this.#present) {
      if (!endpoint.isBound && endpoint.endpoint === name && endpoint.over !== true) return true;
    }
    return false;
  }

  /**
   * Leaves an endpoint: what it has still goes out, as long as that goes on within the linger.
   *
   * @param abandon gives up what it still has then
   */
  leave(endpoint: SocketEndpoint, clock: Clock, lingerMs: number, abandon: () => void): void {
    if (!this.#present.delete(endpoint)) return;
    const linger = new Linger(clock, abandon, () => endpoint.unsentBytes).start(lingerMs);
    this.#leaving.set(endpoint, linger);
    if (lingerMs === 0) abandon();
    endpoint.close(() => {
      linger.stop();
      this.#leaving.delete(endpoint);
    });
  }

  /** Something of what an endpoint has that is left has gone out. */
  progress(endpoint: SocketEndpoint): void {
    this.#leaving.get(endpoint)?.progress();
  }

  /** Those that are left have as long as all others from now on. */
  stopLingers(): void {
    for (const linger of this.#leaving.values()) linger.stop();
  }
}
