import { describe, expect, it } from 'vitest';
import { readProtocols } from '../../../src/gateway/admission/readProtocols.js';

const token = (text: string) => `rxzmq.token.${Buffer.from(text).toString('base64url')}`;

describe('what a client offers', () => {
  it.each([
    ['rxzmq.1', { speaks: true }],
    ['rxzmq.1, chat', { speaks: true }],
    ['chat', { speaks: false }],
    [undefined, { speaks: false }],
    [`rxzmq.1, ${token('geheim')}`, { speaks: true, token: 'geheim' }],
    [`${token('päß ,wort')},rxzmq.1`, { speaks: true, token: 'päß ,wort' }],
    [token('x'), { speaks: false, token: 'x' }],
    ['rxzmq.1, rxzmq.token.', { speaks: true, token: '' }],
  ])('is read of %j', (header, offer) => expect(readProtocols(header)).toEqual(offer));

  it.each([
    ['rxzmq.1, rxzmq.token.a', 'its token is no base64url'],
    ['rxzmq.1, rxzmq.token.YWI=', 'its token is no base64url'],
    ['rxzmq.1, rxzmq.token.geheim!', 'its token is no base64url'],
    ['rxzmq.1, rxzmq.token._w', 'its token is no UTF-8'],
    [`rxzmq.1, ${token('a')}, ${token('b')}`, 'it brought more than one token'],
  ])('has a fault in %j, which does not say the token', (header, fault) => {
    expect(readProtocols(header)).toEqual({ speaks: true, fault });
  });
});
