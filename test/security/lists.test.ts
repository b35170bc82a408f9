import { connect as dial } from 'node:net';
import { networkInterfaces } from 'node:os';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { AddressLists, Security } from '../../src/security/Security.js';
import {
  type DriverName,
  drivers,
  kinds,
  mechanisms,
  pairs,
  pulling,
  pushing,
  refusal,
  server,
  TCP,
} from './support.js';

const hasIpv6 = networkInterfaces()['lo']?.some(({ address }) => address === '::1') === true;

/** Each with who may come in. */
const serversWith = (lists: AddressLists) =>
  [
    ['null', { mechanism: 'null', ...lists }, undefined],
    ['plain', { ...mechanisms.plain.asks, ...lists }, mechanisms.plain.proves],
    ['curve', { mechanism: 'curve', secretKey: server.secretKey, ...lists }, mechanisms.curve.proves],
  ] as const satisfies readonly (readonly [string, Security, Security | undefined])[];

const denied = /^127\.0\.0\.1 is not accepted, by allow or deny$/;

describe.each(pairs)('address lists where %s connects and %s binds', (connects, binds) => {
  it.each([
    ['an address that is allowed', { allow: ['127.0.0.1'] }],
    ['a network that is allowed', { allow: ['10.0.0.0/8', '127.0.0.0/8'] }],
    ['one that is not denied', { deny: ['127.0.0.2', '10.0.0.0/8', '::/0'] }],
    ['one that is allowed as IPv4 in IPv6', { allow: ['::ffff:127.0.0.0/104'] }],
  ])('let in %s', async (_what, lists) => {
    for (const [, asks, proves] of serversWith(lists)) {
      const bound = pushing(TCP, { driver: binds, security: asks });
      const end = pulling(await bound.statuses.endpoint(), { driver: connects, security: proves });
      expect(await end.got.first(1)).toEqual(['hello']);
    }
  });

  it.each([
    ['one that is not allowed', { allow: ['10.0.0.0/8'] }],
    ['all where nobody is allowed', { allow: [] }],
    ['one that is denied', { deny: ['127.0.0.1'] }],
    ['one that is allowed and denied', { allow: ['127.0.0.1'], deny: ['127.0.0.0/8'] }],
  ])('keep out %s', async (_what, lists) => {
    for (const [mechanism, asks, proves] of serversWith(lists)) {
      const bound = pushing(TCP, { driver: binds, security: asks });
      const end = pulling(await bound.statuses.endpoint(), { driver: connects, security: proves });
      expect(await refusal(bound)).toMatchObject({ mechanism, reason: expect.stringMatching(denied) });
      await end.statuses.first('handshakeFailed');
      expect([...kinds(bound), ...kinds(end)]).not.toContain('connected');
      expect([...bound.got.values, ...end.got.values]).toEqual([]);
    }
  });

  it('tell two apart that come from different addresses', async () => {
    const bound = pushing(TCP, { driver: binds, security: { mechanism: 'null', deny: ['127.0.0.2'] } });
    const endpoint = await bound.statuses.endpoint();
    const wrong = pulling(endpoint.replace('tcp://', 'tcp://127.0.0.2:0;'), { driver: connects });
    expect((await refusal(bound)).reason).toMatch(/^127\.0\.0\.2 is not accepted, by allow or deny$/);
    const right = pulling(endpoint, { driver: connects });
    expect(await right.got.first(1)).toEqual(['hello']);
    expect(kinds(wrong)).not.toContain('connected');
  });

  it.runIf(hasIpv6)('see IPv6, and IPv4 that comes to it as IPv4', async () => {
    const see = async (bind: string, host: string, lists: AddressLists): Promise<string> => {
      const seen: string[] = [];
      const authenticate = ({ address }: { address: string }): boolean => seen.push(address) > 0;
      const bound = pushing(bind, { driver: binds, security: { mechanism: 'null', authenticate, ...lists } });
      const endpoint = await bound.statuses.endpoint();
      const end = pulling(endpoint.replace('[::]', host).replace('[::1]', host), { driver: connects });
      await end.got.first(1);
      return seen[0]!;
    };
    expect(await see('tcp://[::1]:*', '[::1]', { allow: ['::/64'] })).toBe('::1');
    expect(await see('tcp://[::]:*', '127.0.0.1', { allow: ['127.0.0.1'], deny: ['::/0'] })).toBe('127.0.0.1');
  });
});

it('a peer that is kept out gets no byte from the engine, and authenticate is not asked', async () => {
  let asked = 0;
  const security = { mechanism: 'null', deny: ['127.0.0.1'], authenticate: () => (asked += 1) > 0 } as const;
  const bound = pushing(TCP, { driver: 'engine', security });
  const socket = dial(Number((await bound.statuses.endpoint()).split(':').at(-1)), '127.0.0.1');
  let received = 0;
  socket.on('data', ({ length }) => (received += length));
  socket.on('error', () => undefined);
  await once(socket, 'close');
  expect([received, asked]).toEqual([0, 0]);
  expect((await refusal(bound)).reason).toMatch(denied);
});

it.each(drivers)('authenticate is not asked of who is on no list (%s)', async (driver: DriverName) => {
  let asked = 0;
  const authenticate = (): boolean => (asked += 1) > 0;
  const security = { mechanism: 'plain', allow: ['10.0.0.0/8'], authenticate } as const;
  const bound = pushing(TCP, { driver, security });
  pulling(await bound.statuses.endpoint(), { driver, security: mechanisms.plain.proves });
  await refusal(bound);
  expect(asked).toBe(0);
});

it.each(pairs)('a side that connects has lists as well (%s connects, %s binds)', async (connects, binds) => {
  const bound = pushing(TCP, { driver: binds });
  const security = { mechanism: 'null', deny: ['127.0.0.0/8'] } as const;
  const end = pulling(await bound.statuses.endpoint(), { driver: connects, security });
  expect((await refusal(end)).reason).toMatch(denied);
  expect(end.got.values).toEqual([]);
});
