import { inRanges, parseAddressRange, plainAddress } from '#platform';
import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';
import type { Rule } from '../../options/rules.js';
import { describe } from '../../basics/describe.js';

/** The address of a client, as far as known. */
export interface ClientAddress {
  /** IPv4 always in the form `127.0.0.1`. */
  readonly address: string;
  /**
   * The key for limits by address: the address, or its /64 network; `undefined`: it is the address of a proxy, so the client is
   * unknown.
   */
  readonly key: string | undefined;
  /** It is on this machine, and not behind a proxy. */
  readonly isLocal: boolean;
  /** It connects through a proxy that `trustProxy` does not contain. */
  readonly isProxied: boolean;
}

/** The rule of option `trustProxy`. */
export const isNetworks: Rule = (value) => {
  const expected = "an array of IP addresses and networks, such as '127.0.0.1' or '10.0.0.0/8'";
  if (!Array.isArray(value)) return expected;
  const strange: unknown = (value as unknown[]).find(
    (range) => typeof range !== 'string' || parseAddressRange(range) === undefined,
  );
  return strange === undefined && !value.includes(undefined) ? undefined : `${expected}; ${describe(strange)} is none`;
};

const isLoopback = /* @__PURE__ */ lazily(() =>
  inRanges(['127.0.0.0/8', '::1'].map((text) => parseAddressRange(text)!)),
);

/** Returns a function that finds the address of a client from the address of its socket and its headers. */
export function addressReader(
  trustProxy: readonly string[] = [],
): (peer: string | undefined, headers: IncomingHttpHeaders) => ClientAddress {
  const isTrusted = inRanges(trustProxy.map((text) => parseAddressRange(text)!));
  return (peer = '', headers) => {
    const own = plainAddress(peer);
    const isForwarded = FORWARDING.some((name) => headers[name] !== undefined);
    if (!isForwarded && !isTrusted(own)) {
      return { address: own, key: keyOf(own), isLocal: isLoopback()(own), isProxied: false };
    }
    const told = isTrusted(own) ? lastStranger(headers['x-forwarded-for'], isTrusted) : undefined;
    if (told !== undefined) return { address: told, key: keyOf(told), isLocal: false, isProxied: false };
    return { address: own, key: undefined, isLocal: false, isProxied: !isTrusted(own) };
  };
}

/** The headers that proxies add. */
const FORWARDING = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Each proxy appends the address of its peer: the last one that is not a trusted proxy is the client. Anyone may have written those
 * before it.
 */
function lastStranger(
  header: string | string[] | undefined,
  isTrusted: (address: string) => boolean,
): string | undefined {
  const hops = String(header ?? '').split(',');
  for (const hop of hops.reverse()) {
    const address = plainAddress(withoutPort(hop.trim()));
    if (isIP(address) === 0) return undefined;
    if (!isTrusted(address)) return address;
  }
  return undefined;
}

function withoutPort(hop: string): string {
  const [, inBrackets] = /^\[([^\]]*)\](?::\d+)?$/.exec(hop) ?? [];
  return inBrackets ?? (/^[\d.]+:\d+$/.test(hop) ? hop.replace(/:\d+$/, '') : hop);
}

/** A client with one IPv6 address has its whole /64 network. */
function keyOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  return [...first, ...Array<string>(zeros).fill('0'), ...last].slice(0, 4).join(':');
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
