import { BlockList, isIP, SocketAddress } from 'node:net';

/** An IPv4 address as an IPv6 socket shows it, and the number of bits before it. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;
const MAPPED_BITS = 96;
const BITS = { 4: 32, 6: 128 } as const;

/** An IP address or a network. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly address: string;
  /** The length of the prefix, in bits. */
  readonly bits: number;
}

/**
 * Parses `10.1.2.3`, `10.0.0.0/8`, `::1` or `fd00::/8`; IPv4 written as IPv6 becomes IPv4. `undefined`: the text has none of these
 * forms.
 */
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

/** Returns IPv4 written as IPv6 as plain IPv4, and anything else unchanged. */
export function plainAddress(address: string): string {
  const usual =
    isIP(address) === 6 && !address.includes('%') ? new SocketAddress({ address, family: 'ipv6' }).address : address;
  return MAPPED.exec(usual)?.[1] ?? address;
}

/** Returns a test whether an IP address is in any of these ranges. Text that is not an IP address is in none. */
export function inRanges(ranges: readonly AddressRange[]): (address: string) => boolean {
  // One list for each family: an IPv6 range does not cover IPv4.
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
