import { BlockList, isIP, SocketAddress } from 'node:net';

/** How an IPv4 address looks where IPv4 comes to an IPv6 socket, and how many bits come before it. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;
const MAPPED_BITS = 96;
const BITS = { 4: 32, 6: 128 } as const;

/** An IP address, or a whole network of them. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly address: string;
  /** How many bits of the address count. */
  readonly bits: number;
}

/** Reads `10.1.2.3`, `10.0.0.0/8`, `::1` or `fd00::/8`; IPv4 written as IPv6 is IPv4. `undefined`: it is none of these. */
export function parseAddressRange(text: string): AddressRange | undefined {
  const [address = '', bitsText, more] = text.split('/');
  const family = isIP(address) as 0 | 4 | 6;
  if (family === 0 || more !== undefined || address.includes('%')) return undefined;
  if (bitsText !== undefined && !/^\d{1,3}$/.test(bitsText)) return undefined;
  const bits = bitsText === undefined ? BITS[family] : Number(bitsText);
  if (bits > BITS[family]) return undefined;
  const plain = plainAddress(address);
  if (family === isIP(plain)) return { family, address: plain, bits };
  return bits < MAPPED_BITS ? undefined : { family: 4, address: plain, bits: bits - MAPPED_BITS };
}

/** IPv4 written as IPv6 as plain IPv4, anything else as it is. */
export function plainAddress(address: string): string {
  const usual =
    isIP(address) === 6 && !address.includes('%') ? new SocketAddress({ address, family: 'ipv6' }).address : address;
  return MAPPED.exec(usual)?.[1] ?? address;
}

/** A test for IP addresses: whether one is in any of these ranges. What is no IP address is in none. */
export function inRanges(ranges: readonly AddressRange[]): (address: string) => boolean {
  // One list for each: a range of IPv6 says nothing of IPv4.
  const lists = { 4: new BlockList(), 6: new BlockList() };
  for (const { family, address, bits } of ranges)
    lists[family].addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  return (address) => {
    const plain = plainAddress(address).replace(/%.*$/, '');
    const family = isIP(plain);
    if (family === 4) return lists[4].check(plain, 'ipv4');
    return family === 6 && lists[6].check(plain, 'ipv6');
  };
}
