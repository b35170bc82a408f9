import { curveKeyPair } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../frame/arbitraries.js';
import { collect } from '../helpers/collect.js';
import { Statuses } from '../helpers/Statuses.js';
import { bound, drivers, next, open, texts } from './open.js';

const pairs = drivers.flatMap((server) => drivers.map((client) => ({ server, client })));

describe.each(pairs)('a server on $server, a client on $client', ({ server: driver, client }) => {
  it('curve: lets in who is known, and nobody else', async () => {
    const [server, friend, stranger] = [curveKeyPair(), curveKeyPair(), curveKeyPair()];
    const statuses = new Statuses();
    const router = open('router', {
      driver,
      status: statuses,
      security: {
        mechanism: 'curve',
        secretKey: server.secretKey,
        authenticate: async ({ publicKey }) => publicKey === friend.publicKey,
      },
    });
    const endpoint = await bound(router);
    const received = collect(router.messages);
    const dealer = (secretKey: string, serverKey: string) =>
      open('dealer', { driver: client, security: { mechanism: 'curve', serverKey, secretKey } }).connect(endpoint);
    const others = [
      dealer(stranger.secretKey, server.publicKey),
      dealer(friend.secretKey, stranger.publicKey),
      open('dealer', { driver: client }).connect(endpoint),
    ];
    for (const other of others) void other.send('let me in');
    await statuses.nth('handshakeFailed', 2);
    const known = dealer(friend.secretKey, server.publicKey);
    await known.send('hello');
    const [[id, ...parts]] = (await received.first(1)) as [Uint8Array[]];
    expect(texts(parts)).toEqual(['hello']);
    await router.send([id!, 'welcome']);
    expect(texts(await next(known))).toEqual(['welcome']);
    expect(received.values).toHaveLength(1);
  });

  it('plain: goes by name and password', async () => {
    const statuses = new Statuses();
    const pull = open('pull', {
      driver,
      status: statuses,
      security: { mechanism: 'plain', authenticate: ({ username, password }) => `${username}:${password}` === 'me:1' },
    });
    const endpoint = await bound(pull);
    const received = collect(pull.messages);
    const push = (password: string) =>
      open('push', { driver: client, security: { mechanism: 'plain', username: 'me', password } }).connect(endpoint);
    await push('2').send('wrong');
    await statuses.first('handshakeFailed');
    await push('1').send('right');
    expect((await received.first(1)).map(texts)).toEqual([['right']]);
    expect(received.values).toHaveLength(1);
  });
});

it('is refused where a transport has none', () => {
  const security = { mechanism: 'null', allow: ['10.0.0.0/8'] } as const;
  expect(thrownBy(() => open('pull', { security }).bind('inproc://secured'))).toMatchObject({
    code: 'ERR_UNSUPPORTED',
  });
});
