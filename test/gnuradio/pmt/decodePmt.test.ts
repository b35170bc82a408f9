import { decodePmt, pmt } from 'rxzmq/gnuradio';
import { describe, expect, it } from 'vitest';
import { hex } from '../fixtures.js';

describe('decodePmt', () => {
  it.each([
    ['nothing', '', 'a value at byte 0 needs 1 bytes, but 0 are left'],
    ['an unknown type', 'fe', 'type 0xfe at byte 0 is unknown'],
    ['a comment', '3b', 'type 0x3b at byte 0 is unknown'],
    ['half a long', '0300', 'a long at byte 1 needs 4 bytes, but 1 are left'],
    ['half a double', '040001', 'a double at byte 1 needs 8 bytes, but 2 are left'],
    ['half a symbol', '020009616263', 'a symbol at byte 3 needs 9 bytes, but 3 are left'],
    ['a symbol above 1024 bytes', `020401${'61'.repeat(1025)}`, 'a symbol has at most 1024 bytes, this one has 1025'],
    ['a symbol that is no UTF-8', '020002fffe', 'a symbol is not valid UTF-8: ff fe'],
    ['half a list', '0703000000010703', 'needs 4 bytes'],
    ['a list without an end', '070300000001', 'needs 1 bytes, but 0 are left'],
    ['an empty tuple', '0c00000000', 'a tuple is empty, which GNU Radio cannot read either'],
    [
      'a vector that cannot be',
      '08ffffffff',
      'a vector of 4294967295 items does not fit into the 0 bytes that are left',
    ],
    ['bytes that cannot be', '0a00ffffffff0100', 'a u8vector of 4294967295 items at byte 8 needs 4294967295 bytes'],
    ['missing items', '0c0000000300', 'a tuple of 3 items does not fit into the 1 bytes that are left'],
    ['padding that is not there', '0a0000000000ff', 'the padding of a uniform vector at byte 7 needs 255 bytes'],
    ['an unknown vector', '0a0c00000001010001', 'uniform vectors of type 0x0c are unknown'],
    ['a little-endian vector', '0a8000000001010001', 'uniform vectors of type 0x80 are unknown'],
    ['an entry of a dict that is not a pair', '090300000001', 'an entry of a dict at byte 1 is not a pair'],
    ['a dict that goes on otherwise', '0907020001610003', 'a dict goes on with 0x03 at byte 7'],
    ['bytes behind', '0200026f6b6a', '1 bytes are left after the value'],
    ['deep nesting', `${'0800000001'.repeat(101)}00`, 'it is nested more than 100 deep'],
    ['100,000 deep', `${'0800000001'.repeat(100_000)}00`, 'it is nested more than 100 deep'],
    ['pairs in pairs', `${'0700'.repeat(101)}00`, 'it is nested more than 100 deep'],
  ])('refuses %s', (_, bytes, text) => {
    expect(() => decodePmt(hex(bytes))).toThrow(expect.objectContaining({ code: 'ERR_CODEC' }));
    expect(() => decodePmt(hex(bytes))).toThrow(text);
  });

  it('takes a million values at most: each may need 80 times its bytes', () => {
    const most = 2 ** 20;
    const vectorOf = (count: number, ...value: number[]) => {
      const bytes = new Uint8Array(5 + count * value.length);
      bytes[0] = 8;
      new DataView(bytes.buffer).setUint32(1, count);
      for (let at = 5; at < bytes.length; at += value.length) bytes.set(value, at);
      return bytes;
    };
    const refusal = expect.objectContaining({ code: 'ERR_CODEC', message: `PMT: it has more than ${most} values` });
    expect(decodePmt(vectorOf(most - 1, 0))).toHaveLength(most - 1); // and the vector itself
    expect(() => decodePmt(vectorOf(most, 0))).toThrow(refusal);
    expect(() => decodePmt(vectorOf(most / 2, 7, 6, 6))).toThrow(refusal); // lists of one value
    expect(decodePmt(vectorOf(1, 10, 0, 0, 0, 0, 2, 1, 0, 1, 2))).toEqual([Uint8Array.of(1, 2)]);
  });

  it('reads a dict whose entries go on as pairs, and a pair with a dict behind it', () => {
    const dict = new Map([
      ['a', 1n],
      ['b', 2n],
    ]);
    expect(decodePmt(hex('0907020001610300000001070702000162030000000206'))).toEqual(dict);
    expect(decodePmt(hex('0707020001610300000001090702000162030000000206'))).toEqual(
      pmt.pair(pmt.pair('a', 1n), new Map([['b', 2n]])),
    );
  });

  it('has the newest of entries with one key, which come first', () => {
    const bytes = hex('0907020001610300000002' + '0907020001610300000001' + '06');
    expect(decodePmt(bytes)).toEqual(new Map([['a', 2n]]));
  });

  it.each(['0a00000000020001' + '02', '0a0000000002030000000102'])('takes any padding: %s', (bytes) => {
    expect(decodePmt(hex(bytes))).toEqual(Uint8Array.of(1, 2));
  });

  it('gives vectors memory of their own', () => {
    const bytes = hex('ff0a00000000020100' + '0102').subarray(1);
    const vector = decodePmt(bytes) as Uint8Array;
    bytes.fill(9);
    expect([...vector]).toEqual([1, 2]);
    expect(vector.buffer.byteLength).toBe(2);
  });

  it('reads a Buffer, and leaves it as it is', () => {
    const buffer = Buffer.from('000a0300000002010000010002', 'hex').subarray(1);
    expect(decodePmt(buffer)).toEqual(Int16Array.of(1, 2));
    expect(buffer.toString('hex')).toBe('0a0300000002010000010002');
  });

  it('refuses what are no bytes', () => {
    expect(() => decodePmt('ok' as never)).toThrow("PMT: its bytes must be a Uint8Array, not 'ok'");
  });
});
