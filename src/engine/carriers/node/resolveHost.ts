import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

/** A numeric address. */
export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

/** Gives the addresses of a host, IPv4 first: a peer of libzmq listens on no other unless it was told to. At least one. */
export function resolveHost(
  host: string,
  done: (error: Error | null, addresses: readonly HostAddress[]) => void,
): void {
  lookup(host, { all: true }, (error, addresses) => done(error, error ? [] : ipv4First(addresses)));
}

/** As {@link resolveHost} for a host that is to be this machine: `*` is all of it, and interfaces have names too. */
export function resolveOwnHost(
  host: string,
  done: (error: Error | null, addresses: readonly HostAddress[]) => void,
): void {
  if (host === '*') return resolveHost('0.0.0.0', done);
  if (isIP(host) !== 0) return resolveHost(host, done); // it needs no interfaces, which cannot be read everywhere
  const named = interfaceOf(host).map(({ address, family, ...rest }) => ({
    address: 'scopeid' in rest && rest.scopeid !== 0 ? `${address}%${host}` : address,
    family: family === 'IPv4' ? 4 : 6,
  }));
  const [first, ...others] = ipv4First(named);
  if (first === undefined) resolveHost(host, done);
  else resolveHost(first.address, (error, addresses) => done(error, [...addresses, ...others])); // answers later, as others
}

/** The addresses of an interface. Android lets no program read them, and a process without a free file cannot. */
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
