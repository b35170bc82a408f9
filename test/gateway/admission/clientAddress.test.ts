import { describe, expect, it } from 'vitest';
import { addressReader, isNetworks } from '../../../src/gateway/admission/clientAddress.js';

describe('where a client is', () => {
  it('is its own address where nothing says another', () => {
    const read = addressReader();
    expect(read('203.0.113.7', {})).toEqual({
      address: '203.0.113.7',
      key: '203.0.113.7',
      isLocal: false,
      isProxied: false,
    });
    expect(read('::ffff:203.0.113.7', {})).toMatchObject({ address: '203.0.113.7', key: '203.0.113.7' });
  });

  it.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])('is this machine at %s', (address) => {
    expect(addressReader()(address, {}).isLocal).toBe(true);
  });

  it.each(['forwarded', 'x-forwarded-for', 'x-real-ip', 'via', 'x-forwarded-host'])(
    'is not this machine behind a proxy that says %s, and has no limits by address',
    (header) => {
      const told = addressReader()('127.0.0.1', { [header]: '127.0.0.1' });
      expect(told).toEqual({ address: '127.0.0.1', key: undefined, isLocal: false, isProxied: true });
    },
  );

  it('is the last address that is no proxy of trustProxy', () => {
    const read = addressReader(['127.0.0.1', '10.0.0.0/8']);
    const of = (forwarded: string) => read('127.0.0.1', { 'x-forwarded-for': forwarded });
    expect(of('203.0.113.7')).toEqual({ address: '203.0.113.7', key: '203.0.113.7', isLocal: false, isProxied: false });
    expect(of('6.6.6.6, 203.0.113.7, 10.1.2.3').address).toBe('203.0.113.7');
    expect(of('203.0.113.7:4711').address).toBe('203.0.113.7');
    expect(of('[2001:db8::7]:4711').address).toBe('2001:db8::7');
    expect(of('127.0.0.1').isLocal).toBe(false);
  });

  it.each(['', 'unknown', '6.6.6.6, nonsense', '10.1.2.3'])(
    'is nowhere where a proxy of trustProxy says %j',
    (forwarded) => {
      const told = addressReader(['127.0.0.1', '10.0.0.0/8'])('127.0.0.1', { 'x-forwarded-for': forwarded });
      expect(told).toEqual({ address: '127.0.0.1', key: undefined, isLocal: false, isProxied: false });
    },
  );

  it('heeds nothing that a stranger says', () => {
    const told = addressReader(['10.0.0.0/8'])('203.0.113.7', { 'x-forwarded-for': '127.0.0.1' });
    expect(told).toMatchObject({ address: '203.0.113.7', key: undefined, isLocal: false, isProxied: true });
  });

  it('counts a network of 64 bits as one', () => {
    const keys = ['2001:db8:1:2::7', '2001:db8:1:2:ffff::1', '2001:db8:1:3::7', '2001:db8::', '::1'].map(
      (address) => addressReader()(address, {}).key,
    );
    expect(keys).toEqual(['2001:db8:1:2', '2001:db8:1:2', '2001:db8:1:3', '2001:db8:0:0', '0:0:0:0']);
  });

  it('takes networks, and nothing else', () => {
    expect(isNetworks(['127.0.0.1', 'fd00::/8'])).toBeUndefined();
    for (const value of ['127.0.0.1', true, [true], ['localhost'], [undefined]])
      expect(isNetworks(value)).toMatch(/networks/);
  });
});
