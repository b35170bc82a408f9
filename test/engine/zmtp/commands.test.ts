import { describe, expect, it } from 'vitest';
import {
  encodeCancel,
  encodeError,
  encodeJoin,
  encodeLeave,
  encodeLegacySubscription,
  encodePing,
  encodePong,
  encodeSubscribe,
} from '../../../src/engine/zmtp/commands.js';
import { hexOf, latin } from './Side.js';

describe('the body of', () => {
  it.each([
    ['SUBSCRIBE', encodeSubscribe(latin('A')), '09 535542534352494245 41'],
    ['SUBSCRIBE to all', encodeSubscribe(latin('')), '09 535542534352494245'],
    ['CANCEL', encodeCancel(latin('A')), '06 43414e43454c 41'],
    ['JOIN', encodeJoin(latin('g1')), '04 4a4f494e 6731'],
    ['LEAVE', encodeLeave(latin('g1')), '05 4c45415645 6731'],
    ['PING', encodePing(1000), '04 50494e47 000a'],
    ['PING with a context', encodePing(0, latin('ctx')), '04 50494e47 0000 637478'],
    ['PONG', encodePong(latin('')), '04 504f4e47'],
    ['PONG with a context', encodePong(latin('ctx')), '04 504f4e47 637478'],
    ['ERROR', encodeError('400'), '05 4552524f52 03 343030'],
    ['a subscription as a message', encodeLegacySubscription(latin('A'), true), '01 41'],
    ['its end', encodeLegacySubscription(latin('A'), false), '00 41'],
  ])('%s', (_name, body, hex) => {
    expect(hexOf(body)).toBe(hex.replaceAll(' ', ''));
  });

  it.each([
    [99, '0000'],
    [100, '0001'],
    [1999, '0013'],
    [6_553_500, 'ffff'],
    [6_553_599, 'ffff'],
    [2 ** 31, 'ffff'],
  ])('PING with a time to live of %i ms', (ttlMs, hex) => {
    expect(hexOf(encodePing(ttlMs)).slice(10)).toBe(hex);
  });

  it('PING and PONG have 16 bytes of a context', () => {
    const context = latin('0123456789abcdefXXX');

    expect(hexOf(encodePing(0, context)).slice(14)).toBe(hexOf(latin('0123456789abcdef')));
    expect(hexOf(encodePong(context)).slice(10)).toBe(hexOf(latin('0123456789abcdef')));
  });

  it('JOIN and LEAVE has groups up to 255 bytes', () => {
    for (const encode of [encodeJoin, encodeLeave]) {
      expect(encode(new Uint8Array(255)).length).toBeGreaterThan(255);
      expect(() => encode(new Uint8Array(256))).toThrow('a group of 256 bytes: at most 255');
    }
  });

  it('ERROR has reasons up to 255 bytes', () => {
    expect(encodeError('x'.repeat(255))).toEqual(latin(`\x05ERROR\xff${'x'.repeat(255)}`));
    expect(encodeError('x'.repeat(256))).toEqual(encodeError('x'.repeat(255)));
  });
});
