import { describe, expect, it } from 'vitest';
import { curveKeyPair as zeromqKeyPair } from 'zeromq';
import { loadCurvePrimitives } from '../../src/engine/carriers/node/curvePrimitives.js';
import { decodeZ85 } from '../../src/basics/z85.js';
import { OptionError } from '../../src/errors.js';
import { curveKeyPair } from '../../src/security/curveKeyPair.js';
import { curvePublicKey } from '../../src/security/curvePublicKey.js';
import { thrownBy } from '../frame/arbitraries.js';

describe('curveKeyPair', () => {
  it('gives keys that belong together, and others each time', () => {
    const pairs = Array.from({ length: 20 }, curveKeyPair);
    expect(new Set(pairs.flatMap(({ publicKey, secretKey }) => [publicKey, secretKey])).size).toBe(40);
    for (const { publicKey, secretKey } of pairs) {
      expect([publicKey.length, secretKey.length]).toEqual([40, 40]);
      expect(curvePublicKey(secretKey)).toBe(publicKey);
    }
  });

  it('gives keys that agree with each other', async () => {
    const curve = await loadCurvePrimitives();
    const [one, other] = [curveKeyPair(), curveKeyPair()];
    expect(curve.sharedKey(decodeZ85(one.secretKey)!, decodeZ85(other.publicKey)!)).toEqual(
      curve.sharedKey(decodeZ85(other.secretKey)!, decodeZ85(one.publicKey)!),
    );
  });
});

describe('curvePublicKey', () => {
  it('finds what libzmq finds', () => {
    for (let n = 0; n < 20; n += 1) {
      const { publicKey, secretKey } = zeromqKeyPair();
      expect(curvePublicKey(secretKey)).toBe(publicKey);
      expect(curvePublicKey(decodeZ85(secretKey)!)).toBe(publicKey);
    }
  });

  it.each<[unknown, string]>([
    ['', 'got a text of 0 characters'],
    ['x'.repeat(40).replace('x', '"'), 'got a text of 40 characters'],
    [new Uint8Array(33), 'got 33 bytes'],
    [undefined, 'got undefined'],
  ])('refuses %o', (secretKey, text) => {
    const error = thrownBy(() => curvePublicKey(secretKey as string));
    expect(error).toBeInstanceOf(OptionError);
    expect((error as Error).message).toBe(
      `curvePublicKey: secretKey must be 32 bytes or 40 characters of Z85, ${text}`,
    );
  });
});
