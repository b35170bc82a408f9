import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

/** A numeric address. */
export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

/** Looks up the addresses of a host, at least one, IPv4 first: libzmq listens only on IPv4 unless it is configured otherwise. */
export function resolveHost(
  host: string,
  done: (error: Error | null, addresses: readonly HostAddress[]) => void,
): void {
  lookup(host, { all: true }, (error, addresses) => done(error, error ? [] : ipv4First(addresses)));
}

/** As {@link resolveHost} for a host of this machine: `*` means all interfaces, and the name of an interface is allowed too. */
export function resolveOwnHost(
  host: string,
  done: (error: Error | null, addresses: readonly HostAddress[]) => void,
): void {
  if (host === '*') return resolveHost('0.0.0.0', done);
  if (isIP(host) !== 0) return resolveHost(host, done); // without reading the interfaces, which is not possible everywhere
  const named = interfaceOf(host).map(({ address, family, ...rest }) => ({
    address: 'scopeid' in rest && rest.scopeid !== 0 ? `${address}%${host}` : address,
    family: family === 'IPv4' ? 4 : 6,
  }));
  const [first, ...others] = ipv4First(named);
  if (first === undefined) resolveHost(host, done);
  else resolveHost(first.address, (error, addresses) => done(error, [...addresses, ...others])); // calls back later, as in the other cases
}

/** The addresses of an interface; empty if they cannot be read, as on Android or in a process with too many open files. */
function interfaceOf(name: string): readonly NetworkInterfaceInfo[] {
  try {
    return new Map(Object.entries(networkInterfaces())).get(name) ?? [];
  } catch {
    return [];
  }
}

function ipv4First(addresses: readonly HostAddress[]): readonly HostAddress[] {
  return [...addresses].sort((a, b) => a.family - b.family);
}
