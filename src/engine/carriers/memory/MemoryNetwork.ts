import type { Clock } from '../../../time/Clock.js';
import type { Carrier, ListenListener } from '../Carrier.js';
import { MemoryIpcAddresses, MemoryTcpAddresses } from './MemoryAddresses.js';
import { type MemoryAnswer, MemoryCarrier, type MemoryHub } from './MemoryCarrier.js';
import type { MemoryConnection } from './MemoryConnection.js';
import { parseTcp } from '../parseTcp.js';

/** What can be chosen about a network in memory. */
export interface MemoryNetworkOptions {
  readonly clock: Clock;
  /** Runs a task after the one that is running, in the order of asking. @default `soon` of the clock */
  readonly schedule?: ((task: () => void) => void) | undefined;
  /** How many bytes each direction of a connection holds. @default 65,536 */
  readonly bufferBytes?: number | undefined;
  /** How long everything takes to the other side, in ms. @default 0 */
  readonly latencyMs?: number | undefined;
  /** How many bytes a read gives at most, asked before each: one at a time, or as chance will have it. @default 65,536 */
  readonly readBytes?: (() => number) | undefined;
}

/**
 * A network in memory that stands in for tcp and ipc, endpoints unchanged: nothing of it takes real time, and what happens to
 * its connections can be chosen. Names are not looked up: each but those of this machine is a host of its own, which `*` covers too.
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

  /** Those that are open, on one side at least, oldest first; only those that were made to an endpoint, if one is given. */
  connections(endpoint?: string): readonly MemoryConnection[] {
    const wanted = endpoint === undefined ? undefined : this.#normalize(endpoint);
    return [...this.#connections].filter((connection) => wanted === undefined || connection.endpoint === wanted);
  }

  /** Says what becomes of those who connect to an endpoint from now on, whoever listens there. */
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
