import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inRanges, parseAddressRange, plainAddress } from '../../../../src/engine/carriers/node/addressRanges.js';

const within = (address: string, ...ranges: string[]): boolean =>
  inRanges(ranges.map((text) => parseAddressRange(text)!))(address);

describe('parseAddressRange', () => {
  it.each([
    ['10.1.2.3', { family: 4, address: '10.1.2.3', bits: 32 }],
    ['10.0.0.0/8', { family: 4, address: '10.0.0.0', bits: 8 }],
    ['0.0.0.0/0', { family: 4, address: '0.0.0.0', bits: 0 }],
    ['::1', { family: 6, address: '::1', bits: 128 }],
    ['fd00::/8', { family: 6, address: 'fd00::', bits: 8 }],
    ['::ffff:10.0.0.0/104', { family: 4, address: '10.0.0.0', bits: 8 }],
    ['::ffff:a00:1', { family: 4, address: '10.0.0.1', bits: 32 }],
  ])('reads %s', (text, range) => {
    expect(parseAddressRange(text)).toEqual(range);
  });

  it.each([
    '',
    'localhost',
    '10.0.0',
    '010.0.0.1',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8.0',
    '10.0.0.0/8/8',
    ' 10.0.0.1',
    '::1/129',
    '[::1]',
    'fe80::1%eth0',
    '::ffff:0:0/90', // neither IPv4 nor IPv6
    '*',
  ])("does not read '%s'", (text) => {
    expect(parseAddressRange(text)).toBeUndefined();
  });
});

describe('inRanges', () => {
  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['10.1.2.3', '10.9.9.9/8', true], // the other bits do not count
    ['10.1.2.3', '0.0.0.0/0', true],
    ['::ffff:10.1.2.3', '10.0.0.0/8', true],
    ['::FFFF:a01:203', '10.0.0.0/8', true],
    ['10.1.2.3', '::ffff:10.0.0.0/104', true],
    ['10.1.2.3', '::/0', false], // of the other kind
    ['::ffff:10.1.2.3', '::/0', false],
    ['::1', '0.0.0.0/0', false],
    ['fe80::1%eth0', 'fe80::/10', true],
    ['', '::/0', false],
    ['localhost', '::/0', false],
  ])("'%s' in %s: %s", (address, range, expected) => {
    expect(within(address, range)).toBe(expected);
  });

  it('finds any of several, and nothing in none', () => {
    expect(within('10.0.0.1', '::1', '192.168.0.0/16', '10.0.0.1')).toBe(true);
    expect(within('10.0.0.1')).toBe(false);
  });

  it.each([
    [4, 32, 8, '.', 10],
    [6, 128, 16, ':', 16],
  ])('compares the first bits of IPv%i, whatever their number', (_family, bits, groupBits, separator, radix) => {
    const show = (value: bigint): string =>
      Array.from({ length: bits / groupBits }, (_, group) => {
        const shift = BigInt(bits - groupBits * (group + 1));
        return ((value >> shift) & ((1n << BigInt(groupBits)) - 1n)).toString(radix);
      }).join(separator);
    const address = fc.bigInt(1n << BigInt(bits - 1), (1n << BigInt(bits)) - 1n); // no mapped ones
    fc.assert(
      fc.property(address, fc.nat(bits), fc.nat(bits - 1), (network, length, flipped) => {
        const other = network ^ (1n << BigInt(flipped));
        const differs = flipped >= bits - length;
        expect(within(show(network), `${show(network)}/${length}`)).toBe(true);
        expect(within(show(other), `${show(network)}/${length}`)).toBe(!differs);
      }),
    );
  });
});

it('plainAddress shows IPv4 as IPv4', () => {
  expect(['::ffff:10.0.0.1', '::ffff:a00:1', '10.0.0.1', '::1', 'fe80::1%lo', ''].map(plainAddress)).toEqual([
    '10.0.0.1',
    '10.0.0.1',
    '10.0.0.1',
    '::1',
    'fe80::1%lo',
    '',
  ]);
});
