import type { Clock } from '../time/Clock.js';
import { Linger } from '../time/Linger.js';
import type { SocketEndpoint } from './connections/SocketCore.js';

/** The endpoints of a socket, and those that it has left but that still send queued messages. */
export class EndpointSet {
  readonly #present = new Set<SocketEndpoint>();
  readonly #leaving = new Map<SocketEndpoint, Linger>();

  add(endpoint: SocketEndpoint): void {
    this.#present.add(endpoint);
  }

  has(endpoint: SocketEndpoint): boolean {
    return this.#present.has(endpoint);
  }

  /** Removes an endpoint before it starts; it never will. */
  delete(endpoint: SocketEndpoint): boolean {
    return this.#present.delete(endpoint);
  }

  [Symbol.iterator](): Iterator<SocketEndpoint> {
    return this.#present.values();
  }

  /** All endpoints that have not ended, including those that the socket has left. */
  all(): SocketEndpoint[] {
    return [...this.#present, ...this.#leaving.keys()];
  }

  get names(): string {
    return [...this.#present].map(({ endpoint }) => endpoint).join(', ');
  }

  get unsentBytes(): number {
    return this.all().reduce((bytes, endpoint) => bytes + endpoint.unsentBytes, 0);
  }

  /** The bound or the connected endpoints of that name. */
  *named(name: string, side: 'bound' | 'connected'): Iterable<SocketEndpoint> {
    for (const endpoint of this.#present) {
      if (endpoint.endpoint === name && endpoint.isBound === (side === 'bound')) yield endpoint;
    }
  }

  /** Whether the socket is connected or connecting to that endpoint. */
  connectsTo(name: string): boolean {
    for (const endpoint of this.#present) {
      if (!endpoint.isBound && endpoint.endpoint === name && endpoint.over !== true) return true;
    }
    return false;
  }

  /**
   * Leaves an endpoint. It still sends its queued messages, unless it makes no progress for the linger.
   *
   * @param abandon gives up the messages that remain after the linger
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

  /** An endpoint has sent something. Matters only if the socket has left it. */
  progress(endpoint: SocketEndpoint): void {
    this.#leaving.get(endpoint)?.progress();
  }

  /** Ends the lingers of the endpoints that were left: from now on they have the same time as all others. */
  stopLingers(): void {
    for (const linger of this.#leaving.values()) linger.stop();
  }
}
