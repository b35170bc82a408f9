import { describe, expect, it, vi } from 'vitest';
import type { Credentials } from '../../src/security/Credentials.js';
import { client, drivers, mechanisms, pairs, pulling, pushing, refusal, server, TCP } from './support.js';

const { proves } = mechanisms.plain;

describe.each(pairs)('authenticate where %s connects and %s binds', (connects, binds) => {
  it('sees who asks', async () => {
    const asked: Credentials[] = [];
    const authenticate = (who: Credentials): boolean => {
      asked.push(who);
      return true;
    };
    for (const [asks, security] of [
      [{ mechanism: 'null', authenticate }, undefined],
      [
        { mechanism: 'plain', authenticate },
        { mechanism: 'plain', username: 'ölaf', password: '\uFEFF0 1' },
      ],
      [{ mechanism: 'curve', secretKey: server.secretKey, authenticate }, mechanisms.curve.proves],
    ] as const) {
      const bound = pushing(TCP, { driver: binds, security: asks });
      const end = pulling(await bound.statuses.endpoint(), { driver: connects, security });
      expect(await end.got.first(1)).toEqual(['hello']);
    }
    expect(asked).toEqual([
      { mechanism: 'null', address: '127.0.0.1' },
      { mechanism: 'plain', address: '127.0.0.1', username: 'ölaf', password: '\uFEFF0 1' },
      { mechanism: 'curve', address: '127.0.0.1', publicKey: client.publicKey },
    ]);
  });

  it.each([
    ['a promise of true', () => Promise.resolve(true)],
    ['a name', () => 'ali'],
    ['a promise of a name', async () => 'ali'],
    ['an answer that takes its time', () => new Promise<boolean>((resolve) => setImmediate(() => resolve(true)))],
  ])('lets in with %s', async (_what, authenticate) => {
    const bound = pushing(TCP, { driver: binds, security: { mechanism: 'plain', authenticate } });
    const end = pulling(await bound.statuses.endpoint(), { driver: connects, security: proves });
    expect(await end.got.first(1)).toEqual(['hello']);
  });

  const no = 'authenticate refused the peer';
  it.each<[string, () => any, string]>([
    ['false', () => false, no],
    ['a promise of false', async () => false, no],
    ['nothing', () => undefined, no],
    ['null', () => null, no],
    ['1', () => 1, no],
    ['an empty text', () => '', no],
    ['a promise of an empty text', async () => '', no],
    ['an object', () => ({ ok: true }), no],
    [
      'a throw',
      () => {
        throw new Error('no database');
      },
      'authenticate failed: no database',
    ],
    ['a rejection', () => Promise.reject(new Error('no database')), 'authenticate failed: no database'],
  ])('keeps out with %s', async (_what, authenticate, reason) => {
    const bound = pushing(TCP, { driver: binds, security: { mechanism: 'plain', authenticate } });
    const end = pulling(await bound.statuses.endpoint(), { driver: connects, security: proves });
    expect((await refusal(bound)).reason).toBe(reason);
    await refusal(end);
    expect([...bound.got.values, ...end.got.values]).toEqual([]);
  });

  it('keeps out who gets no answer in the time of a handshake, also when it comes later', async () => {
    const later: ((answer: boolean) => void)[] = [];
    const authenticate = (): Promise<boolean> => new Promise((resolve) => later.push(resolve));
    const security = { mechanism: 'plain', authenticate } as const;
    const bound = pushing(TCP, { driver: binds, security, handshakeTimeoutMs: 50 });
    const end = pulling(await bound.statuses.endpoint(), { driver: connects, security: proves });
    const late = binds === 'engine' ? 'authenticate did not answer within 50 ms' : 'the handshake was not done in time';
    expect((await refusal(bound)).reason).toBe(late);
    expect((await refusal(end)).reason).toMatch(/^the peer closed the connection during the handshake/);
    later[0]!(true);
    await end.statuses.nth('handshakeFailed', 3);
    expect([...bound.got.values, ...end.got.values]).toEqual([]);
  });

  it('asks again when the same one comes back', async () => {
    const answers = [false, true];
    const authenticate = vi.fn(() => answers.shift()!);
    const bound = pushing(TCP, { driver: binds, security: { mechanism: 'plain', authenticate } });
    const endpoint = await bound.statuses.endpoint();
    const first = pulling(endpoint, { driver: connects, security: proves });
    await refusal(first);
    first.got.unsubscribe();
    await first.statuses.first('closed');
    const second = pulling(endpoint, { driver: connects, security: proves });
    expect(await second.got.first(1)).toEqual(['hello']);
  });
});

it('names who came, on the engine, and which connection of frames that is', async () => {
  const authenticate = async ({ username }: Credentials & { mechanism: 'plain' }): Promise<string> =>
    `user ${username}`;
  const bound = pushing(TCP, { driver: 'engine', security: { mechanism: 'plain', authenticate } });
  pulling(await bound.statuses.endpoint(), { driver: 'engine', security: proves });
  expect(await bound.statuses.first('connected')).toMatchObject({ userId: 'user ali', peer: expect.any(Number) });
});

it.each(drivers)('a password in what authenticate throws is left out of the status (%s)', async (driver) => {
  const authenticate = ({ password }: { password: string }): boolean => {
    throw new Error(`${password} is no password`);
  };
  const bound = pushing(TCP, { driver, security: { mechanism: 'plain', authenticate } });
  pulling(await bound.statuses.endpoint(), { driver, security: proves });
  expect((await refusal(bound)).reason).toBe('authenticate failed: *** is no password');
});

describe.each(drivers)('the keys that a client has made for it (%s)', (driver) => {
  const security = { mechanism: 'curve', serverKey: server.publicKey } as const;

  it('are others at each call', async () => {
    const asked: string[] = [];
    const authenticate = ({ publicKey }: { publicKey: string }): boolean => asked.push(publicKey) > 0;
    const asks = { mechanism: 'curve', secretKey: server.secretKey, authenticate } as const;
    const bound = pushing(TCP, { driver: 'engine', security: asks });
    const endpoint = await bound.statuses.endpoint();
    pulling(endpoint, { driver, security });
    pulling(endpoint, { driver, security });
    await bound.statuses.nth('connected', 2);
    expect(new Set(asked).size).toBe(2);
    expect(asked[0]).toHaveLength(40);
  });

  it('are the same at each connection', async () => {
    const asked: string[] = [];
    const authenticate = ({ publicKey }: { publicKey: string }): boolean => asked.push(publicKey) > 0;
    const asks = { mechanism: 'curve', secretKey: server.secretKey, authenticate } as const;
    const bound = pushing(TCP, { driver: 'engine', security: asks });
    const endpoint = await bound.statuses.endpoint();
    const end = pulling(endpoint, { driver, security });
    await end.got.first(1);
    bound.got.unsubscribe();
    await bound.statuses.first('closed');
    pushing(endpoint, { driver: 'engine', security: asks });
    await end.got.first(2);
    expect(asked).toEqual([asked[0], asked[0]]);
  });
});
