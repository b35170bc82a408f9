import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { EngineEnd } from '../../engine/hostile/support/EngineEnd.js';
import { Agent } from './support/Agent.js';
import { openEar, startAgent } from './support/agents.js';
import { freeEndpoint } from './support/endpoints.js';

afterAll(() => expect(Agent.running()).toEqual([]));

const MIB = 2 ** 20;
const SIZE = 64 * MIB;
const TOPICS = 10_000;

/** Bytes that tell whether any stand in another place. */
function large(): Uint8Array {
  const pattern = Uint8Array.from({ length: 4096 }, (_, i) => (i * i) % 251);
  const bytes = new Uint8Array(SIZE);
  for (let at = 0; at < SIZE; at += pattern.length) bytes.set(pattern, at);
  return bytes;
}

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

describe.each(['tcp', 'ipc'] as const)('on %s', (transport) => {
  it('64 MiB in one message come whole, both ways', async () => {
    const agent = await startAgent();
    const push = openEar('push');
    agent.tell({ do: 'open', name: 'in', type: 'PULL' }, { do: 'open', name: 'out', type: 'PUSH' });
    agent.tell({ do: 'connect', name: 'in', endpoint: await push.end.bind(freeEndpoint(transport)) });
    const ours = large();
    await push.end.send(ours);
    agent.tell({ do: 'receive_large', name: 'in' });
    expect(await agent.next('large')).toMatchObject({ size: SIZE, sha1: sha1(ours) });

    const came = new Promise<Uint8Array>((resolve) => {
      const pull = new EngineEnd('pull', {}, ([part]) => {
        resolve(part!);
        void pull.close();
      });
      void pull.bind(freeEndpoint(transport)).then((endpoint) => {
        agent.tell({ do: 'connect', name: 'out', endpoint }, { do: 'send_large', name: 'out', size: SIZE });
      });
    });
    const theirs = await came;
    expect([theirs.length, sha1(theirs)]).toEqual([SIZE, sha1(ours)]);
  });

  it('a pyzmq SUB with 10,000 subscriptions gets what it wants from our PUB, and nothing else', async () => {
    const agent = await startAgent();
    const pub = openEar('pub');
    const endpoint = await pub.end.bind(freeEndpoint(transport));
    const topics = Array.from({ length: TOPICS }, (_, i) => `topic ${i}.`);
    const options = { sndhwm: 0 }; // or libzmq loses what is more than its mark
    agent.tell({ do: 'open', name: 'it', type: 'SUB', options, subscribe: topics });
    agent.tell({ do: 'connect', name: 'it', endpoint });
    await pub.log.first('subscribed');
    agent.tell({ do: 'collect', name: 'it' });
    // subscriptions come in an order of libzmq's own: the last one is there once each has been heard
    const heard = new Set<string>();
    const asks = [0, 1, 4999, 9998, 9999].map((i) => topics[i]!);
    while (heard.size < asks.length) {
      for (const topic of asks) await pub.send(topic);
      await pub.send('topic 10000.');
      for (const parts of (await agent.next('batch')).messages) heard.add(parts.at(-1)!);
    }
    expect([...heard].sort()).toEqual([...asks].sort());
    expect(pub.log.of('disconnected')).toEqual([]);
  });

  it('our SUB with 10,000 subscriptions gets what it wants from a pyzmq PUB, also from the next one', async () => {
    const sub = openEar('sub', { reconnect: { initialMs: 10, maxMs: 50 } });
    for (let i = 0; i < TOPICS; i += 1) sub.subscribe(`topic ${i}.`);
    let endpoint = freeEndpoint(transport);
    for (const life of ['first', 'second']) {
      const agent = await startAgent();
      agent.tell({ do: 'open', name: 'it', type: 'XPUB' });
      endpoint = await agent.bind('it', endpoint);
      if (life === 'first') sub.connect(endpoint);
      const asked = await agent.messages('it', TOPICS);
      expect(new Set(asked.map(([topic]) => topic)).size).toBe(TOPICS);
      agent.tell({
        do: 'send',
        name: 'it',
        messages: ['topic 10000.', 'topic 0.', 'topic 9999.'].map((topic) => [topic, life]),
      });
      expect(await sub.heard.take()).toEqual(['topic 0.', life]);
      expect(await sub.heard.take()).toEqual(['topic 9999.', life]);
      await agent.kill();
    }
  });
});
