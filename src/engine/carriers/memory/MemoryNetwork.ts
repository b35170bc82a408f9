import type { Clock } from '../../../time/Clock.js';
import type { Carrier, ListenListener } from '../Carrier.js';
import { MemoryIpcAddresses, MemoryTcpAddresses } from './MemoryAddresses.js';
import { type MemoryAnswer, MemoryCarrier, type MemoryHub } from './MemoryCarrier.js';
import type { MemoryConnection } from './MemoryConnection.js';
import { parseTcp } from '../parseTcp.js';

/** Options of a network in memory. */
export interface MemoryNetworkOptions {
  readonly clock: Clock;
  /** Runs a task after the current one; tasks run in the order of the calls. @default `soon` of the clock */
  readonly schedule?: ((task: () => void) => void) | undefined;
  /** The size of the buffer of each direction of a connection, in bytes. @default 65,536 */
  readonly bufferBytes?: number | undefined;
  /** The latency of each direction, in ms. @default 0 */
  readonly latencyMs?: number | undefined;
  /** Called before each read: the most bytes that it returns, for example 1 or a random number. @default 65,536 */
  readonly readBytes?: (() => number) | undefined;
}

/**
 * A network in memory that replaces tcp and ipc, with the same endpoints. It takes no real time, and tests can control what happens to
 * its connections. Names are not looked up: each name, except those of this machine, is a separate host, and `*` includes them all.
 */
export class MemoryNetwork {
  readonly tcp: Carrier;
  readonly ipc: Carrier;
  readonly #answers = new Map<string, MemoryAnswer>();
  readonly #connections = new Set<MemoryConnection>();
  readonly #tcpAddresses = new MemoryTcpAddresses<ListenListener>();

  constructor(options: MemoryNetworkOptions) {
    const { clock, bufferBytes = 65_536, latencyMs = 0, readBytes = () => 65_536 } = options;
    const schedule = options.schedule ?? ((task: () => void) => clock.soon(task));
    const hub: MemoryHub = {
      clock,
      schedule,
      bufferBytes,
      readBytes,
      // eslint-disable-next-line no-restricted-syntax -- a delay of the wire
      travel: latencyMs === 0 ? (arrive) => arrive() : (arrive) => void clock.after(latencyMs, arrive),
      answerTo: (endpoint) => this.#answers.get(endpoint) ?? 'accept',
      opened: (connection) => this.#connections.add(connection),
      closed: (connection) => this.#connections.delete(connection),
    };
    this.tcp = new MemoryCarrier(hub, {
      addresses: this.#tcpAddresses,
      refusal: 'ECONNREFUSED',
      addressesOf: tcpAddressesOf,
    });
    this.ipc = new MemoryCarrier(hub, {
      addresses: new MemoryIpcAddresses(),
      refusal: 'ENOENT',
      addressesOf: () => ({ near: '', far: '' }),
    });
  }

  /** The connections that are open on at least one side, oldest first; with an argument, only those to that endpoint. */
  connections(endpoint?: string): readonly MemoryConnection[] {
    const wanted = endpoint === undefined ? undefined : this.#normalize(endpoint);
    return [...this.#connections].filter((connection) => wanted === undefined || connection.endpoint === wanted);
  }

  /** Sets how an endpoint answers new connections from now on, whether or not a socket listens there. */
  answer(endpoint: string, answer: MemoryAnswer): void {
    this.#answers.set(this.#normalize(endpoint), answer);
  }

  #normalize(endpoint: string): string {
    return endpoint.startsWith('tcp:') ? this.#tcpAddresses.normalize(endpoint) : endpoint;
  }
}

function tcpAddressesOf(endpoint: string): { readonly near: string; readonly far: string } {
  const { source, target } = parseTcp(endpoint);
  const far = /^[\d.]+$|:/.test(target.host) ? target.host : '127.0.0.1';
  const own = far.includes(':') ? '::1' : '127.0.0.1';
  return { near: source && /^[\d.]+$|:/.test(source.host) ? source.host : own, far };
}
