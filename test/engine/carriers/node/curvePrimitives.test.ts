import { beforeAll, describe, expect, it } from 'vitest';
import { curveKeyPair } from 'zeromq';
import { loadCurvePrimitives } from '../../../../src/engine/carriers/node/curvePrimitives.js';
import type { CurvePrimitives } from '../../../../src/engine/zmtp/Cipher.js';
import { decodeZ85 } from '../../../../src/basics/z85.js';
import { bytesOf, hexOf, recordedKeys } from '../../zmtp/Side.js';

let curve: CurvePrimitives;
beforeAll(async () => void (curve = await loadCurvePrimitives()));

describe('the primitives of CURVE', () => {
  it('are loaded once', async () => {
    expect(await loadCurvePrimitives()).toBe(curve);
  });

  it('know the public key of a secret one, as libzmq does', () => {
    for (let count = 0; count < 5; count += 1) {
      const { publicKey, secretKey } = curveKeyPair();
      expect(curve.publicKey(decodeZ85(secretKey)!)).toEqual(decodeZ85(publicKey));
    }
  });

  it('agree on the key that libsodium made of recorded ones', () => {
    const keys = recordedKeys();

    expect(curve.publicKey(keys['s_secret']!)).toEqual(keys['S_public']);
    expect(curve.sharedKey(keys['ct_secret']!, keys['St_public']!)).toEqual(keys['precom']);
    expect(curve.sharedKey(keys['st_secret']!, keys['Ct_public']!)).toEqual(keys['precom']);
  });

  it('make pairs that fit, each another one', () => {
    const pairs = Array.from({ length: 20 }, () => curve.keyPair());
    for (const { publicKey, secretKey } of pairs) {
      expect([publicKey.length, secretKey.length]).toEqual([32, 32]);
      expect(curve.publicKey(secretKey)).toEqual(publicKey);
      expect(curve.publicKey(secretKey.slice())).toEqual(publicKey);
    }
    expect(new Set(pairs.map(({ secretKey }) => hexOf(secretKey))).size).toBe(20);
    const [one, other] = pairs as [(typeof pairs)[0], (typeof pairs)[0]];
    expect(curve.sharedKey(one.secretKey, other.publicKey)).toEqual(curve.sharedKey(other.secretKey, one.publicKey));
  });

  it('mind what a key’s memory holds now', () => {
    const one = curve.keyPair();
    const other = curve.keyPair();
    const memory = one.secretKey.slice();
    expect(curve.publicKey(memory)).toEqual(one.publicKey);
    memory.set(other.secretKey);
    expect(curve.publicKey(memory)).toEqual(other.publicKey);
    one.publicKey.fill(0); // a caller's own
    expect(curve.publicKey(one.secretKey)).not.toEqual(one.publicKey);
  });

  it.each([
    ['0', '00'.repeat(32)],
    ['1', `01${'00'.repeat(31)}`],
    ['p - 1', `ec${'ff'.repeat(30)}7f`],
    ['p', `ed${'ff'.repeat(30)}7f`],
    ['p + 1', `ee${'ff'.repeat(30)}7f`],
    ['one of order 8', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'],
    ['the other of order 8', '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'],
    ['0 with the highest bit', `${'00'.repeat(31)}80`],
  ])('refuse the public key %s, with which everybody agrees on zeros', (_what, hex) => {
    expect(() => curve.sharedKey(curve.keyPair().secretKey, bytesOf(hex))).toThrow('a public key of low order');
  });

  it('seal so that only the same key and nonce open it, unchanged', () => {
    const key = curve.randomBytes(32);
    const nonce = curve.randomBytes(24);
    for (const length of [0, 1, 31, 32, 33, 64, 5000]) {
      const text = curve.randomBytes(length);
      const box = curve.seal(key, nonce, text);
      expect(box).toHaveLength(length + 16);
      expect(curve.open(key, nonce, box)).toEqual(text);
      expect(curve.open(curve.randomBytes(32), nonce, box)).toBeUndefined();
      expect(curve.open(key, curve.randomBytes(24), box)).toBeUndefined();
      for (let count = 0; count < 16; count += 1) {
        const changed = box.slice();
        changed[(count * 97) % box.length]! ^= 1 << (count % 8);
        expect(curve.open(key, nonce, changed)).toBeUndefined();
      }
    }
    for (const length of [0, 1, 15]) expect(curve.open(key, nonce, new Uint8Array(length))).toBeUndefined();
  });

  it('seal as libsodium does', () => {
    // the example of crypto_secretbox, whose message is 131 bytes long
    const key = bytesOf('1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389');
    const nonce = bytesOf('69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37');
    const text = bytesOf(
      'be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705',
    );

    expect(hexOf(curve.seal(key, nonce, text))).toBe(
      'f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5',
    );
  });

  it('make random bytes, each time others', () => {
    expect(curve.randomBytes(32)).toHaveLength(32);
    expect(hexOf(curve.randomBytes(32))).not.toBe(hexOf(curve.randomBytes(32)));
  });
});
