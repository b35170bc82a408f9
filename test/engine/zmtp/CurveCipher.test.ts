import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadCurvePrimitives } from '../../../src/engine/carriers/node/curvePrimitives.js';
import type { Cipher, CurvePrimitives } from '../../../src/engine/zmtp/Cipher.js';
import { CurveCipher } from '../../../src/engine/zmtp/CurveCipher.js';
import { PeerCounts, nonceOf, shortNonce } from '../../../src/engine/zmtp/nonces.js';
import { bytesOf, hexOf, joinedBytes, latin } from './Side.js';

let curve: CurvePrimitives;
beforeAll(async () => void (curve = await loadCurvePrimitives()));

let key: Uint8Array;
let client: Cipher;
let server: Cipher;
beforeEach(() => {
  key = curve.randomBytes(32);
  client = new CurveCipher(curve, key, 'client', 2, new PeerCounts());
  server = new CurveCipher(curve, key, 'server', 1, new PeerCounts());
});

/** A MESSAGE of the client, by hand. */
function message(count: Uint8Array, text: Uint8Array): Uint8Array {
  return joinedBytes(latin('\x07MESSAGE'), count, curve.seal(key, nonceOf('CurveZMQMESSAGEC', count), text));
}

describe('CurveCipher', () => {
  it('opens what the other side sealed', () => {
    const frame = fc.tuple(fc.constantFrom(0, 1, 4, 5), fc.uint8Array({ maxLength: 400 }));
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 5 }), (frames) => {
        for (const [from, to] of [
          [client, server],
          [server, client],
        ] as const) {
          for (const [flags, body] of frames) expect(to.open(from.seal(flags, body))).toEqual({ flags, body });
        }
      }),
    );
  });

  it('begins after the boxes of the handshake, and counts', () => {
    const start = hexOf(latin('\x07MESSAGE'));

    expect(hexOf(client.seal(0, latin('a'))).slice(0, 32)).toBe(`${start}0000000000000003`);
    expect(hexOf(client.seal(0, latin('a'))).slice(0, 32)).toBe(`${start}0000000000000004`);
    expect(hexOf(server.seal(0, latin('a'))).slice(0, 32)).toBe(`${start}0000000000000002`);
  });

  it('counts beyond 32 bits', () => {
    const from = new CurveCipher(curve, key, 'client', 2 ** 32 - 2, new PeerCounts());
    for (const count of ['00000000ffffffff', '0000000100000000', '0000000100000001']) {
      const sealed = from.seal(0, latin('a'));
      expect(hexOf(sealed).slice(16, 32)).toBe(count);
      expect(server.open(sealed).body).toEqual(latin('a'));
    }
  });

  it.each([
    [0x00, '00'],
    [0x01, '01'],
    [0x04, '02'],
    [0x05, '03'],
    [0xfa, '00'], // LONG and the reserved bits stay outside
  ])('says the flags %i inside of the box as libzmq does', (flags, inside) => {
    const sealed = client.seal(flags, latin('x'));
    const text = curve.open(key, nonceOf('CurveZMQMESSAGEC', sealed.subarray(8, 16)), sealed.subarray(16));

    expect(hexOf(text!)).toBe(`${inside}78`);
  });

  it('ignores flags that are reserved', () => {
    expect(server.open(message(shortNonce(3), bytesOf('ff78')))).toEqual({ flags: 5, body: latin('x') });
    expect(server.open(message(shortNonce(4), bytesOf('fc')))).toEqual({ flags: 0, body: latin('') });
  });

  it('takes counts with gaps, up to the last', () => {
    for (const hex of [
      '0000000000000003',
      '0000000000000009',
      '00000001 00000000',
      '00000001 00000001',
      'ffffffff ffffffff',
    ]) {
      expect(server.open(message(bytesOf(hex), bytesOf('00'))).flags).toBe(0);
    }
  });

  it.each([
    ['0000000000000005', '0000000000000005'],
    ['0000000000000005', '0000000000000004'],
    ['0000000100000000', '00000000ffffffff'],
    ['ffffffffffffffff', '0000000000000000'],
    ['8000000000000000', '7fffffffffffffff'],
  ])('after the count %s refuses %s', (first, second) => {
    server.open(message(bytesOf(first), bytesOf('00')));

    expect(() => server.open(message(bytesOf(second), bytesOf('00')))).toThrow('a MESSAGE came twice, or late');
  });

  it('refuses a replay', () => {
    const sealed = client.seal(0, latin('pay me'));
    server.open(sealed);

    expect(() => server.open(sealed)).toThrow('a MESSAGE came twice, or late');
  });

  it('refuses what was changed, and does not count it', () => {
    const sealed = client.seal(0, latin('pay me'));
    for (let at = 8; at < sealed.length; at += 1) {
      const changed = sealed.slice();
      changed[at]! ^= 0x40;
      expect(() => server.open(changed)).toThrow('a MESSAGE that was changed on its way');
    }

    expect(server.open(sealed).body).toEqual(latin('pay me'));
  });

  it('refuses its own boxes', () => {
    expect(() => client.open(client.seal(0, latin('a')))).toThrow('a MESSAGE that was changed on its way');
  });

  it.each([
    ['nothing', ''],
    ['a frame in the clear', 'hello'],
    ['another command', '\x05READY'],
    ['a MESSAGE without a nonce', '\x07MESSAGE'],
    ['a MESSAGE without a box', `\x07MESSAGE${'\0'.repeat(8)}`],
    ['a MESSAGE without flags', `\x07MESSAGE${'\0'.repeat(24)}`],
  ])('refuses %s', (_what, text) => {
    expect(() => server.open(latin(text))).toThrow(/^(expected MESSAGE, got |MESSAGE of \d+ bytes: at least 33 were)/);
  });

  it('refuses an empty box, though it was sealed', () => {
    expect(() => server.open(message(shortNonce(3), latin('')))).toThrow(
      'MESSAGE of 32 bytes: at least 33 were expected',
    );
  });
});
