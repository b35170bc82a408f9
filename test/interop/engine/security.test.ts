import { afterAll, describe, expect, it } from 'vitest';
import { curveKeyPair } from 'zeromq';
import type { Credentials, DriverSecurity } from '../../../src/driver/DriverSecurity.js';
import { decodeZ85 as bytesOfZ85 } from '../../../src/basics/z85.js';
import { Agent } from './support/Agent.js';
import { openEar, startAgent } from './support/agents.js';
import { freeEndpoint } from './support/endpoints.js';

afterAll(() => expect(Agent.running()).toEqual([]));

const decodeZ85 = (text: string): Uint8Array => bytesOfZ85(text)!;

const SOON = { reconnect: { initialMs: 10, maxMs: 50 } } as const;
const WORDS = [['hello'], ['', 'x'.repeat(70_000), 'end']];

describe.each(['tcp', 'ipc'] as const)('on %s', (transport) => {
  describe('PLAIN', () => {
    const client = (password: string): DriverSecurity => ({ mechanism: 'plain', username: 'ali', password });
    const plainServer = { plain_server: true, zap_domain: 'test' };

    it('our DEALER and a pyzmq ROUTER that asks who it is', async () => {
      const agent = await startAgent();
      agent.tell({ do: 'authenticate', passwords: { ali: 'sesame' } });
      agent.tell({ do: 'open', name: 'it', type: 'ROUTER', options: plainServer });
      const endpoint = await agent.bind('it', freeEndpoint(transport));
      agent.tell({ do: 'serve', name: 'it' });
      const wrong = openEar('dealer', { ...SOON, security: client('thyme') });
      wrong.connect(endpoint);
      expect((await wrong.log.first('handshakeFailed')).reason).toMatch(/refused us: .*400/);
      const right = openEar('dealer', { ...SOON, security: client('sesame') });
      right.connect(endpoint);
      await exchange(right);
      expect(wrong.log.of('connected')).toEqual([]);
    });

    it('a pyzmq DEALER and our ROUTER that asks who it is', async () => {
      const asked: Credentials[] = [];
      const authenticate = (who: Credentials) => {
        asked.push(who);
        return who.password === 'sesame';
      };
      const ear = openEar('router', { security: { mechanism: 'plain', authenticate } }, (parts) => {
        ear.end.socket.write([...parts]);
      });
      const endpoint = await ear.end.bind(freeEndpoint(transport));
      const agent = await startAgent();
      for (const [name, plain_password] of [
        ['wrong', 'thyme'],
        ['right', 'sesame'],
      ] as const) {
        agent.tell({ do: 'open', name, type: 'DEALER', options: { plain_username: 'ali', plain_password } });
        agent.tell({ do: 'connect', name, endpoint });
      }
      agent.tell({ do: 'ask', name: 'right', messages: WORDS });
      expect(await agent.replies(WORDS.length)).toEqual(WORDS);
      await ear.log.first('handshakeFailed');
      expect(ear.log.of('connected')).toHaveLength(1);
      expect(asked.map(({ username, password }) => `${username} ${password}`).sort()).toEqual([
        'ali sesame',
        'ali thyme',
      ]);
    });
  });

  describe('CURVE', () => {
    const server = curveKeyPair();
    const friend = curveKeyPair();
    const stranger = curveKeyPair();

    it('our DEALER and a pyzmq ROUTER that lets in who is known', async () => {
      const agent = await startAgent();
      agent.tell({ do: 'authenticate', keys: [friend.publicKey] });
      const options = { curve_server: true, curve_secretkey: server.secretKey, curve_publickey: server.publicKey };
      agent.tell({ do: 'open', name: 'it', type: 'ROUTER', options: { ...options, zap_domain: 'test' } });
      const endpoint = await agent.bind('it', freeEndpoint(transport));
      agent.tell({ do: 'serve', name: 'it' });
      const unknown = openEar('dealer', { ...SOON, security: clientOf(stranger, server.publicKey) });
      unknown.connect(endpoint);
      expect((await unknown.log.first('handshakeFailed')).reason).toMatch(/refused us: .*400/);
      const mistaken = openEar('dealer', { ...SOON, security: clientOf(friend, stranger.publicKey) });
      mistaken.connect(endpoint);
      await mistaken.log.first('handshakeFailed');
      const right = openEar('dealer', { ...SOON, security: clientOf(friend, server.publicKey) });
      right.connect(endpoint);
      await exchange(right);
      expect([...unknown.log.of('connected'), ...mistaken.log.of('connected')]).toEqual([]);
    });

    it('a pyzmq DEALER and our ROUTER that lets in who is known, with heartbeats', async () => {
      const known = decodeZ85(friend.publicKey);
      const authenticate = ({ publicKey }: Credentials) => Buffer.compare(publicKey!, known) === 0;
      const security: DriverSecurity = { mechanism: 'curve', secretKey: decodeZ85(server.secretKey), authenticate };
      const heartbeat = { intervalMs: 20, timeoutMs: 60_000, ttlMs: 60_000 };
      const beats = { heartbeat_ivl: 20, heartbeat_timeout: 60_000 }; // by itself it waits 20 ms
      const ear = openEar('router', { security, heartbeat }, (parts) => ear.end.socket.write([...parts]));
      const endpoint = await ear.end.bind(freeEndpoint(transport));
      const agent = await startAgent();
      for (const [name, own, of] of [
        ['unknown', stranger, server],
        ['mistaken', friend, stranger],
        ['right', friend, server],
      ] as const) {
        const keys = { curve_secretkey: own.secretKey, curve_publickey: own.publicKey, curve_serverkey: of.publicKey };
        agent.tell({ do: 'open', name, type: 'DEALER', options: { ...keys, ...beats } });
        agent.tell({ do: 'connect', name, endpoint });
      }
      for (let i = 0; i < 20; i += 1) {
        agent.tell({ do: 'ask', name: 'right', messages: WORDS });
        expect(await agent.replies(WORDS.length)).toEqual(WORDS);
      }
      await ear.log.nth('handshakeFailed', 2);
      expect(ear.log.of('connected')).toHaveLength(1);
      expect(ear.log.of('disconnected')).toEqual([]);
    });
  });

  it('who has another mechanism stays out, either way', async () => {
    const agent = await startAgent();
    agent.tell({ do: 'open', name: 'it', type: 'ROUTER' }, { do: 'open', name: 'client', type: 'DEALER' });
    const ours = openEar('dealer', { ...SOON, security: { mechanism: 'plain', username: 'a', password: 'b' } });
    ours.connect(await agent.bind('it', freeEndpoint(transport)));
    await ours.log.first('handshakeFailed');
    const asking = openEar('router', { security: { mechanism: 'plain', authenticate: () => true } });
    agent.tell({ do: 'connect', name: 'client', endpoint: await asking.end.bind(freeEndpoint(transport)) });
    await asking.log.first('handshakeFailed'); // whoever is the first to see it closes
    expect([...ours.log.of('connected'), ...asking.log.of('connected')]).toEqual([]);
  });
});

function clientOf(own: { publicKey: string; secretKey: string }, serverKey: string): DriverSecurity {
  const [publicKey, secretKey] = [decodeZ85(own.publicKey), decodeZ85(own.secretKey)];
  return { mechanism: 'curve', serverKey: decodeZ85(serverKey), publicKey, secretKey };
}

async function exchange(ear: ReturnType<typeof openEar>): Promise<void> {
  for (const parts of WORDS) {
    await ear.send(...parts);
    expect(await ear.heard.take()).toEqual(parts);
  }
}
