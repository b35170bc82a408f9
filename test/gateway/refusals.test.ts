import type { Server } from 'node:http';
import { inspect, promisify } from 'node:util';
import { NEVER } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { fromSub } from '../../src/sources/fromSub.js';
import { raw } from '../../src/codecs/raw.js';
import type { SocketStatus } from '../../src/driver/SocketStatus.js';
import { toPub } from '../../src/sinks/toPub.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { ask } from './support/ask.js';
import { bind } from './support/bound.js';
import { closed, knock, knockedOut } from './support/knock.js';
import { gateway, until } from './support/serving.js';

const HELLO = 'H{"v":1,"type":"sub","messages":10,"bytes":65536}';
const everybody = { authenticate: () => true };

describe('before the upgrade', () => {
  it.each([
    ['http://localhost:4200', 101],
    ['http://127.0.0.1', 101],
    ['https://[::1]:8443', 101],
    [undefined, 101],
    ['https://scope.example', 403],
    ['null', 403],
  ])('a page of %s, where nothing is said, gets %i', async (origin, status) => {
    const { web, port, statuses } = await gateway();
    await bind(web, '/iq');
    expect((await knock(port, { origin })).status).toBe(status);
    if (status === 403) {
      const reason = "this Origin is not one of option 'origins'";
      expect(statuses).toEqual([{ kind: 'refused', path: '/iq', address: '127.0.0.1', origin, code: 403, reason }]);
    }
  });

  it('a listed page comes in, another of this machine does not', async () => {
    const { web, port } = await gateway({ ...everybody, origins: ['https://scope.example'] });
    await bind(web, '/iq');
    expect((await knock(port, { origin: 'https://scope.example' })).status).toBe(101);
    expect((await knock(port, { origin: 'http://localhost' })).status).toBe(403);
  });

  it('the Origin comes first: who has a foreign one learns of nothing else', async () => {
    const { web, port } = await gateway({ limits: { maxClients: 1 } });
    web.at('/unbound');
    for (const path of ['/unbound', '/other']) {
      expect((await knock(port, { path, origin: 'https://evil.example', protocols: [] })).status).toBe(403);
    }
  });

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip'])('%s: not without authenticate', async (header) => {
    const { web, port } = await gateway({ origins: 'any' });
    await bind(web, '/iq');
    expect(await knock(port, { headers: { [header]: '127.0.0.1' } })).toMatchObject({
      status: 403,
      body: expect.stringContaining('authenticate') as string,
    });
  });

  it.each([[[]], [['chat']], [['rxzmq.2']]])('the subprotocols %j get 400', async (protocols) => {
    const { web, port } = await gateway();
    await bind(web, '/iq');
    expect(await knock(port, { protocols })).toEqual({ status: 400, body: 'the subprotocol must be rxzmq.1' });
  });

  it('a gateway that is closed while it looks at a client gets it no more: 503', async () => {
    const asked = (): boolean => {
      void web.close();
      return true;
    };
    const { web, port } = await gateway({ ...everybody, origins: asked });
    await bind(web, '/iq');
    expect(await knock(port, { origin: 'http://localhost' })).toEqual({ status: 503, body: 'the gateway closes' });
    expect(web.clients).toBe(0);
  });

  it('a path gets 503 until a socket is bound there, and after it is gone', async () => {
    const { web, port, statuses } = await gateway();
    web.at('/none');
    const running = await bind(web, '/iq');
    expect((await knock(port, { path: '/none' })).status).toBe(503);
    expect((await knock(port)).status).toBe(101);
    running.unsubscribe();
    await until(() => statuses.length > 1);
    expect(await knock(port)).toMatchObject({ status: 503, body: 'no socket is bound at this path now' });
  });

  it('an upgrade that is none of WebSocket gets 400', async () => {
    const { web, port, statuses } = await gateway();
    await bind(web, '/iq');
    const asks = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Protocol': 'rxzmq.1' };
    const key = { 'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64') };
    expect((await ask(port, '/iq', { ...asks, 'Sec-WebSocket-Version': '13' })).status).toBe(400);
    expect((await ask(port, '/iq', { ...asks, ...key, 'Sec-WebSocket-Version': '7' })).status).toBe(400);
    expect(statuses.map((status) => 'code' in status && status.code)).toEqual([400, 400]);
  });
});

describe('by its token', () => {
  const byToken = {
    'anna’s': 'anna',
    short: { userId: 'ben', expiresAt: Date.now() - 1 },
    tuner: { userId: 'cleo', paths: ['/tune'] },
  } as Record<string, string | object>;
  const asking = { authenticate: ({ token = '' }) => (byToken[token] as string) ?? false };

  it.each([
    [undefined, 4401, 'the token is missing'],
    ['wrong', 4401, 'the token was refused'],
    ['short', 4401, 'the time of the token is over'],
    ['tuner', 4403, 'this path is not for this user'],
  ])('%s: closed with %i at once', async (token, code, reason) => {
    const { web, port, statuses } = await gateway(asking);
    await bind(web, '/iq');
    expect(await knockedOut(port, { ...(token !== undefined && { token }) })).toEqual({ code, reason });
    expect(statuses).toMatchObject([{ kind: 'refused', code, path: '/iq', address: '127.0.0.1' }]);
    expect(web.clients).toBe(0);
  });

  it('that is right: in, and the answer does not say the token back', async () => {
    const { web, port } = await gateway(asking);
    await bind(web, '/iq');
    const { socket } = await knock(port, { token: 'anna’s' });
    expect(socket?.protocol).toBe('rxzmq.1');
  });

  it('that cannot be read: refused without asking', async () => {
    const { web, port, statuses } = await gateway({
      authenticate: () => {
        throw new Error('asked');
      },
    });
    await bind(web, '/iq');
    const protocols = ['rxzmq.1', 'rxzmq.token.!'];
    expect(await knockedOut(port, { protocols })).toMatchObject({ code: 4401, reason: 'the token was refused' });
    expect(statuses).toMatchObject([{ reason: 'its token is no base64url' }]);
  });

  it('for ever, where authenticate does not answer: 503 after handshakeTimeoutMs', async () => {
    const authenticate = () => new Promise<boolean>(() => undefined);
    const { web, port, statuses } = await gateway({ authenticate, limits: { handshakeTimeoutMs: 100 } });
    await bind(web, '/iq');
    expect((await knock(port)).status).toBe(503);
    expect(statuses).toMatchObject([{ code: 503, reason: 'authenticate took longer than 100 ms' }]);
  });

  it('sees what there is to see, but not the header of the token', async () => {
    const seen: object[] = [];
    const { web, port } = await gateway({
      origins: ['https://scope.example'],
      trustProxy: ['127.0.0.1'],
      authenticate: (who) => seen.push(who) > 0,
    });
    await bind(web, '/iq');
    const headers = { 'x-forwarded-for': '6.6.6.6, 203.0.113.7', cookie: 'a=b' };
    await knock(port, { path: '/iq?x=1', origin: 'https://scope.example', token: 'geheim', headers });
    expect(seen).toMatchObject([
      { mechanism: 'web', token: 'geheim', origin: 'https://scope.example', address: '203.0.113.7', path: '/iq' },
    ]);
    expect(seen).toMatchObject([{ headers: { cookie: 'a=b', host: `127.0.0.1:${port}` } }]);
    expect(seen[0]).not.toHaveProperty(['headers', 'sec-websocket-protocol']);
  });

  it('is shown nowhere', async () => {
    const fail = ({ token }: { token?: string | undefined }): boolean => {
      throw new Error(`who is ${token}?`);
    };
    const { web, port, statuses } = await gateway({ authenticate: fail });
    await bind(web, '/iq');
    const heard = heardWarnings();
    await knockedOut(port, { token: 'geheim' });
    await heard.settled();
    const encoded = Buffer.from('geheim').toString('base64url');
    const shown = inspect([web, statuses, heard.texts], { depth: Infinity, showHidden: true });
    expect(shown).toContain('who is ***?');
    expect(shown).not.toMatch(new RegExp(`geheim|${encoded}`));
  });
});

describe('as there are too many', () => {
  it('of one address: 429, and a place is free again when one leaves', async () => {
    const { web, port } = await gateway({ limits: { maxClientsPerAddress: 2 } });
    await bind(web, '/iq');
    const first = await knock(port);
    await knock(port);
    expect((await knock(port)).status).toBe(429);
    first.socket!.terminate();
    await closed(first.socket!);
    await untilItDoes(async () => (await knock(port)).status === 101);
  });

  it('of one user: 4429', async () => {
    const { web, port } = await gateway({ authenticate: () => 'anna', limits: { maxClientsPerUser: 1 } });
    await bind(web, '/iq');
    expect((await knock(port)).status).toBe(101);
    expect(await knockedOut(port)).toEqual({ code: 4429, reason: 'too many clients of this user' });
  });

  it('in all: 503', async () => {
    const { web, port } = await gateway({ limits: { maxClients: 1 } });
    await bind(web, '/iq');
    const reader = fromSub(`ws://127.0.0.1:${port}/iq`, { codec: raw }).subscribe();
    await until(() => web.clients === 1);
    expect((await knock(port)).status).toBe(503);
    reader.unsubscribe();
    await until(() => web.clients === 0);
    expect((await knock(port)).status).toBe(101);
  });

  it('in all, reached before its hello: 4429, and nobody is told that it was connected', async () => {
    const { web, port, statuses } = await gateway({ limits: { maxClients: 1 } });
    const told: string[] = [];
    const status = ({ kind }: SocketStatus): void => void told.push(kind);
    const running = NEVER.pipe(toPub(web.at('/iq'), { codec: raw, status, lingerMs: 0 })).subscribe();
    await until(() => told.includes('listening'));
    const [first, second] = [await knock(port), await knock(port)];
    first.socket!.send(HELLO);
    await until(() => web.clients === 1);
    const end = closed(second.socket!);
    second.socket!.send(HELLO);
    const reason = 'the gateway has as many clients as it takes';
    expect(await end).toEqual({ code: 4429, reason });
    await until(() => statuses.length === 2);
    expect(statuses).toMatchObject([{ kind: 'connected' }, { kind: 'refused', code: 4429, reason }]);
    expect([told, web.clients]).toEqual([['listening', 'connected', 'handshakeFailed'], 1]);
    running.unsubscribe();
  });

  it('that have not said hello: the oldest of the address that has most makes way', async () => {
    const { web, port } = await gateway({ limits: { maxHandshakes: 10 } });
    await bind(web, '/iq');
    const first = await knock(port);
    const end = closed(first.socket!);
    for (let i = 0; i < 9; i += 1) await knock(port);
    expect(first.socket!.readyState).toBe(1);
    await knock(port);
    expect(await end).toEqual({ code: 4408, reason: 'more than 10 clients had not said hello' });
  });

  it(
    'that were refused, but stay and do not read: they are ended for those that come',
    async () => {
      const { web, server, port } = await gateway({ limits: { maxHandshakes: 1 } });
      await bind(web, '/iq');
      for (const text of ['H is no hello', 'nor is this']) {
        const { socket } = await knock(port);
        socket!.pause(); // it does not answer a close
        socket!.send(text);
      }
      const { socket: last } = await knock(port);
      await untilItDoes(async () => (await connectionsOf(server)) === 1);
      expect(last!.readyState).toBe(1);
    },
    15_000, // the WebSocket itself would wait 30 s for the answer
  );

  it('wrong tokens of one address: 429 for a minute', async () => {
    const { web, port } = await gateway({
      authenticate: ({ token }) => token === 'right',
      limits: { maxFailedTokens: 3 },
    });
    await bind(web, '/iq');
    for (const token of ['a', 'a', 'a', 'b', 'c'])
      expect(await knockedOut(port, { token })).toMatchObject({ code: 4401 });
    expect((await knock(port, { token: 'right' })).status).toBe(429);
  });

  it('wrong tokens through a proxy that is not known: told once, and nobody else is locked out', async () => {
    const heard = heardWarnings();
    const { web, port } = await gateway({
      authenticate: ({ token }) => token === 'right',
      limits: { maxFailedTokens: 1, maxClientsPerAddress: 1 },
    });
    await bind(web, '/iq');
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    for (const token of ['a', 'b', 'c'])
      expect(await knockedOut(port, { token, headers })).toMatchObject({ code: 4401 });
    expect((await knock(port, { token: 'right', headers })).status).toBe(101);
    expect((await knock(port, { token: 'right', headers })).status).toBe(101);
    await heard.settled();
    expect(heard.texts).toEqual([expect.stringMatching(/proxy at 127\.0\.0\.1.*trustProxy/)]);
  });

  it('behind a proxy that is known: each client counts for itself', async () => {
    const { web, port } = await gateway({
      ...everybody,
      trustProxy: ['127.0.0.1'],
      limits: { maxClientsPerAddress: 1 },
    });
    await bind(web, '/iq');
    const from = async (address: string) => (await knock(port, { headers: { 'x-forwarded-for': address } })).status;
    expect([await from('203.0.113.7'), await from('203.0.113.7'), await from('203.0.113.8')]).toEqual([101, 429, 101]);
    expect([await from('2001:db8::1'), await from('2001:db8::2')]).toEqual([101, 429]);
  });
});

async function untilItDoes(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

function connectionsOf(server: Server): Promise<number> {
  return promisify(server.getConnections.bind(server))();
}
