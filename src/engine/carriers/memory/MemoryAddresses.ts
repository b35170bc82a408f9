import { parseTcp, tcpEndpoint } from '../parseTcp.js';

/** The first and last generated port. */
const FIRST_PORT = 49_152;
const LAST_PORT = 65_535;

/** Names of this machine. */
const OWN_HOSTS = new Map([
  ['*', '0.0.0.0'],
  ['localhost', '127.0.0.1'],
  ['lo', '127.0.0.1'],
]);

/** The listening addresses of a network in memory. */
export interface MemoryAddresses<T> {
  /** Binds an address, and returns it with its wildcards replaced; `undefined`: it is in use. */
  bind(endpoint: string, owner: T): string | undefined;
  free(bound: string): void;
  /** Returns the owner that listens at an address. */
  find(endpoint: string): T | undefined;
  /** The standard spelling of an address to connect to. */
  normalize(endpoint: string): string;
}

/** Addresses of tcp: each name of another host is a separate address, and `*` means all of them. */
export class MemoryTcpAddresses<T> implements MemoryAddresses<T> {
  readonly #ports = new Map<number, Map<string, T>>();
  #lastPort = FIRST_PORT - 1;

  bind(endpoint: string, owner: T): string | undefined {
    const { target } = parseTcp(endpoint);
    const host = OWN_HOSTS.get(target.host) ?? target.host;
    const port = target.port === 0 ? this.#freePort() : target.port;
    const hosts = this.#ports.get(port) ?? new Map<string, T>();
    for (const other of hosts.keys()) if (overlap(host, other)) return undefined;
    this.#ports.set(port, hosts.set(host, owner));
    return tcpEndpoint(host, port);
  }

  free(bound: string): void {
    const { host, port } = parseTcp(bound).target;
    const hosts = this.#ports.get(port);
    hosts?.delete(host);
    if (hosts?.size === 0) this.#ports.delete(port);
  }

  find(endpoint: string): T | undefined {
    const { host, port } = parseTcp(this.normalize(endpoint)).target;
    const hosts = this.#ports.get(port);
    return hosts?.get(host) ?? (isIpv6(host) ? undefined : hosts?.get('0.0.0.0')) ?? hosts?.get('::');
  }

  normalize(endpoint: string): string {
    const { host, port } = parseTcp(endpoint).target;
    const own = host === '0.0.0.0' ? 'localhost' : host;
    return tcpEndpoint(OWN_HOSTS.get(own) ?? own, port);
  }

  #freePort(): number {
    do this.#lastPort = this.#lastPort === LAST_PORT ? FIRST_PORT : this.#lastPort + 1;
    while (this.#ports.has(this.#lastPort));
    return this.#lastPort;
  }
}

/** Addresses of ipc: paths and names, unchanged. */
export class MemoryIpcAddresses<T> implements MemoryAddresses<T> {
  readonly #owners = new Map<string, T>();
  #folders = 0;

  bind(endpoint: string, owner: T): string | undefined {
    const bound = endpoint === 'ipc://*' ? this.#freePath() : endpoint;
    if (this.#owners.has(bound)) return undefined;
    this.#owners.set(bound, owner);
    return bound;
  }

  free(bound: string): void {
    this.#owners.delete(bound);
  }

  find(endpoint: string): T | undefined {
    return this.#owners.get(endpoint);
  }

  normalize(endpoint: string): string {
    return endpoint;
  }

  #freePath(): string {
    this.#folders += 1;
    return `ipc:///tmp/tmp${String(this.#folders).padStart(6, '0')}/socket`;
  }
}

function overlap(one: string, other: string): boolean {
  if (one === other || one === '::' || other === '::') return true;
  return (one === '0.0.0.0' && !isIpv6(other)) || (other === '0.0.0.0' && !isIpv6(one));
}

function isIpv6(host: string): boolean {
  return host.includes(':');
}
