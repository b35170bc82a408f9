import { describe, expect, it } from 'vitest';
import { curveKeyPair } from 'zeromq';
import type { Credentials, DriverSecurity } from '../../src/driver/DriverSecurity.js';
import { decodeZ85 } from '../../src/basics/z85.js';
import { overLinks } from './columns.js';
import type { ContractSocket } from './ContractSocket.js';
import type { Link } from './Link.js';

const SOON = { reconnectInterval: 10 } as const;
const transports = ['tcp', 'ipc'] as const;
const types = ['dealer', 'router'] as const;

describe('PLAIN', () => {
  overLinks({ types, transports }, (link) => {
    it('lets in who knows the password', async () => {
      const asked: Credentials[] = [];
      const authenticate = (who: Credentials) => {
        asked.push(who);
        return who.password === 'sesame';
      };
      const client = link.left('dealer', { security: { mechanism: 'plain', username: 'ali', password: 'sesame' } });
      const server = link.right('router', { security: { mechanism: 'plain', authenticate } });
      await link.join(client, server);
      await client.send('hello');
      const [id = ''] = await server.receive();
      await server.send(id, 'welcome');
      expect(await client.receive()).toEqual(['welcome']);
      expect(asked).toMatchObject([{ mechanism: 'plain', username: 'ali', password: 'sesame' }]);
      if (link.transport === 'tcp') expect(asked[0]!.address).toBe('127.0.0.1');
    });

    it('keeps out who does not, and says so on both sides', async () => {
      const client = link.left('dealer', { security: { mechanism: 'plain', username: 'ali', password: 'wrong' } });
      const authenticate = ({ password }: Credentials) => password === 'sesame';
      const server = link.right('router', { security: { mechanism: 'plain', authenticate } });
      await keepsOut(link, client, server);
    });
  });
});

describe('CURVE', () => {
  overLinks({ types, transports }, (link) => {
    it('lets in who has the server’s key, and carries what both say', async () => {
      const [ours, theirs] = [keyPair(), keyPair()];
      const asked: Credentials[] = [];
      const authenticate = (who: Credentials) => {
        asked.push(who);
        return 'a friend';
      };
      const client = link.left('dealer', { security: { mechanism: 'curve', serverKey: theirs.publicKey, ...ours } });
      const security: DriverSecurity = { mechanism: 'curve', secretKey: theirs.secretKey, authenticate };
      const server = link.right('router', { security });
      await link.join(client, server);
      const large = 'x'.repeat(100_000);
      await client.send('hello', '', large);
      const [id = '', ...rest] = await server.receive();
      expect(rest).toEqual(['hello', '', large]);
      for (let n = 0; n < 50; n += 1) await server.send(id, String(n), large.slice(0, n * 10));
      for (let n = 0; n < 50; n += 1) expect(await client.receive()).toEqual([String(n), large.slice(0, n * 10)]);
      expect(asked).toMatchObject([{ mechanism: 'curve' }]);
      expect(Buffer.compare(asked[0]!.publicKey!, ours.publicKey)).toBe(0);
    });

    it('keeps out who is not wanted', async () => {
      const [ours, theirs] = [keyPair(), keyPair()];
      const client = link.left('dealer', { security: { mechanism: 'curve', serverKey: theirs.publicKey, ...ours } });
      const security: DriverSecurity = { mechanism: 'curve', secretKey: theirs.secretKey, authenticate: () => false };
      await keepsOut(link, client, link.right('router', { security, handshakeInterval: 200 }));
    });

    it('keeps out who has another server’s key', async () => {
      const [ours, theirs, others] = [keyPair(), keyPair(), keyPair()];
      const security: DriverSecurity = { mechanism: 'curve', serverKey: others.publicKey, ...ours };
      const client = link.left('dealer', { ...SOON, security });
      const server = link.right('router', { security: { mechanism: 'curve', secretKey: theirs.secretKey } });
      await keepsOut(link, client, server);
    });

    it('heartbeats are not messages', async () => {
      const [ours, theirs] = [keyPair(), keyPair()];
      const beats = { heartbeatInterval: 10, heartbeatTimeout: 60_000 };
      const client = link.left('dealer', {
        ...beats,
        security: { mechanism: 'curve', serverKey: theirs.publicKey, ...ours },
      });
      const server = link.right('router', { ...beats, security: { mechanism: 'curve', secretKey: theirs.secretKey } });
      await link.join(client, server);
      await new Promise((resolve) => setTimeout(resolve, 60)); // some heartbeats long
      await client.send('a message');
      expect((await server.receive()).slice(1)).toEqual(['a message']);
      expect(client.log.of('disconnected')).toEqual([]);
    });
  });

  overLinks({ types: ['pub', 'sub'], transports: ['tcp'] }, (link) => {
    it('carries subscriptions', async () => {
      const [ours, theirs] = [keyPair(), keyPair()];
      const pub = link.left('pub', { security: { mechanism: 'curve', secretKey: theirs.secretKey } });
      const sub = link.right('sub', { security: { mechanism: 'curve', serverKey: theirs.publicKey, ...ours } });
      sub.subscribe('A');
      await link.join(pub, sub);
      let heard: string[] | undefined;
      while (heard === undefined) {
        await pub.send('B');
        await pub.send('A', 'secret');
        heard = await sub.receiveWithin(1);
      }
      expect(heard).toEqual(['A', 'secret']);
    });
  });
});

describe('NULL', () => {
  overLinks({ types, transports, binds: 'right' }, (link) => {
    it('asks who may come in, where it is told to', async () => {
      const asked: Credentials[] = [];
      const verdicts = [true, false];
      const authenticate = (who: Credentials) => {
        asked.push(who);
        return verdicts.shift() ?? false;
      };
      const server = link.right('router', { security: { mechanism: 'null', authenticate } });
      const [first, second] = [link.left('dealer', SOON), link.left('dealer', { ...SOON, reconnectMaxInterval: 20 })];
      await link.join(first, server);
      await first.send('hello');
      expect((await server.receive()).slice(1)).toEqual(['hello']);
      second.connect(await link.bind(server));
      await server.log.first('handshakeFailed');
      await second.log.first('handshakeFailed');
      expect(second.log.of('connected')).toEqual([]);
      expect(asked[0]!.mechanism).toBe('null');
    });
  });
});

describe('mechanisms that differ', () => {
  overLinks({ types, transports: ['tcp'] }, (link) => {
    it('do not meet', async () => {
      const client = link.left('dealer');
      const server = link.right('router', { security: { mechanism: 'curve', secretKey: keyPair().secretKey } });
      await keepsOut(link, client, server);
    });
  });
});

/** The two do not come together, and both sides say so. */
async function keepsOut(link: Link, client: ContractSocket, server: ContractSocket): Promise<void> {
  const [binding, connecting] = link.leftBinds ? [client, server] : [server, client];
  connecting.connect(await link.bind(binding));
  await server.log.first('handshakeFailed');
  await client.log.first('handshakeFailed');
  expect([...client.log.of('connected'), ...server.log.of('connected')]).toEqual([]);
}

function keyPair(): { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array } {
  const { publicKey, secretKey } = curveKeyPair();
  return { publicKey: decodeZ85(publicKey)!, secretKey: decodeZ85(secretKey)! };
}
