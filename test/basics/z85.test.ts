import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curveKeyPair } from 'zeromq';
import { decodeZ85, encodeZ85 } from '../../src/basics/z85.js';
import { bytesOf } from '../engine/zmtp/Side.js';

describe('Z85', () => {
  it('has the example of its specification', () => {
    expect(encodeZ85(bytesOf('864fd26fb559f75b'))).toBe('HelloWorld');
    expect(decodeZ85('HelloWorld')).toEqual(bytesOf('864fd26fb559f75b'));
  });

  it('spells keys as libzmq does', () => {
    for (let count = 0; count < 20; count += 1) {
      const { publicKey } = curveKeyPair();
      const key = decodeZ85(publicKey);
      expect(key).toHaveLength(32);
      expect(encodeZ85(key!)).toBe(publicKey);
    }
  });

  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        expect(decodeZ85(encodeZ85(key))).toEqual(key);
      }),
    );
    expect(encodeZ85(new Uint8Array(4).fill(255))).toBe('%nSc0');
    expect(decodeZ85('%nSc0')).toEqual(new Uint8Array(4).fill(255));
    expect(encodeZ85(new Uint8Array(0))).toBe('');
  });

  it.each(['%nSc1', '#####', 'abcd', 'abcdef', 'ab"cd', 'ab cd', 'abcd\0', 'abcdé', '1234\n'])(
    'is not what %j has',
    (text) => {
      expect(decodeZ85(text)).toBeUndefined();
    },
  );

  it('takes bytes by fours', () => {
    expect(() => encodeZ85(new Uint8Array(31))).toThrow('Z85 takes bytes by fours, not 31');
  });
});
