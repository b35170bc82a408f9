import { filter, firstValueFrom, take, toArray } from 'rxjs';
import { curveKeyPair, openSocket, type SocketType, type Subscribes, type TwoWaySocket } from 'rxzmq';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Agent } from '../engine/support/Agent.js';
import { bytesOf, textOf } from '../engine/support/Ear.js';
import { freeEndpoint } from '../engine/support/endpoints.js';

/** What all handles of these types have, whose types a table cannot tell apart. */
type AnyHandle = TwoWaySocket & Subscribes;

const drivers = ['engine', 'native'] as const;
const LENGTHS = [0, 1, 255, 256, 4096, 70_000];
const sent = LENGTHS.map((length, i) => ['topic', 'ÿ'.repeat(length), `end ${i}`]);

/** Who is at the two ends, and what goes which way between them. */
const pairings: readonly (readonly [ours: SocketType, theirs: string, way: string])[] = [
  ['pair', 'PAIR', 'both'],
  ['push', 'PULL', 'we send'],
  ['pull', 'PUSH', 'they send'],
  ['pub', 'SUB', 'we send'],
  ['xpub', 'XSUB', 'we send'],
  ['sub', 'XPUB', 'they send'],
  ['xsub', 'XPUB', 'they send'],
  ['req', 'REP', 'we ask'],
  ['rep', 'REQ', 'they ask'],
  ['dealer', 'ROUTER', 'we ask'],
  ['dealer', 'DEALER', 'both'],
  ['router', 'DEALER', 'they ask'],
  ['router', 'REQ', 'they ask'],
];

describe.each(drivers)('a handle on %s', (driver) => {
  describe.each(
    (['tcp', 'ipc'] as const).flatMap((transport) => [
      [transport, 'we bind'] as const,
      [transport, 'they bind'] as const,
    ]),
  )('over %s, %s', (transport, who) => {
    let agent: Agent;
    beforeAll(async () => {
      agent = new Agent();
      await agent.next('ready');
    });
    afterAll(async () => {
      await agent.kill();
      expect(Agent.running()).toEqual([]);
    });

    // libzmq's PUB does not tell who has subscribed; its XPUB does
    const tested = pairings.filter(([ours]) => driver === 'engine' || ours !== 'pub');

    it.each(tested)('%s and pyzmq %s: %s', async (ours, theirs, way) => {
      const handle = openSocket(ours, { driver }) as unknown as AnyHandle;
      onTestFinished(() => handle.close({ lingerMs: 0 }));
      if (ours === 'sub' || ours === 'xsub') handle.subscribe('topic');
      const subscribed = firstValueFrom(handle.status.pipe(filter(({ kind }) => kind === 'subscribed')));
      subscribed.catch(() => undefined); // only a PUB has subscribers
      const answers = way === 'they ask';
      const received = way === 'we send' ? undefined : collect(handle, answers);

      agent.tell({ do: 'open', name: 'it', type: theirs, subscribe: theirs === 'SUB' ? ['topic'] : [] });
      if (theirs === 'XSUB') agent.tell({ do: 'send', name: 'it', messages: [['\x01topic']] });
      if (who === 'we bind') {
        const [endpoint] = await handle.bind(freeEndpoint(transport)).opened;
        agent.tell({ do: 'connect', name: 'it', endpoint: endpoint! });
      } else handle.connect(await agent.bind('it', freeEndpoint(transport)));

      if (theirs === 'XPUB') expect(await agent.messages('it', 1)).toEqual([['\x01topic']]);
      if (way === 'we send' || way === 'both') {
        const incoming = agent.messages('it', sent.length);
        if (ours === 'pub') await subscribed;
        if (ours === 'xpub') await firstValueFrom(handle.messages);
        for (const parts of sent) await handle.send(parts.map(bytesOf));
        expect(await incoming).toEqual(sent);
      }
      if (way === 'they send' || way === 'both') {
        agent.tell({ do: 'send', name: 'it', messages: sent });
        expect(await received).toEqual(sent);
      }
      if (answers) {
        agent.tell({ do: 'ask', name: 'it', messages: sent });
        expect(await agent.replies(sent.length)).toEqual(sent);
      }
      if (way === 'we ask') {
        agent.tell({ do: 'echo', name: 'it', count: sent.length });
        for (const parts of sent) {
          const reply = firstValueFrom(handle.messages);
          await handle.send(parts.map(bytesOf));
          expect((await reply).map(textOf)).toEqual(parts);
        }
        await received;
      }
      agent.tell({ do: 'close', name: 'it' });
      await agent.next('closed');
    });

    it('stream and pyzmq STREAM', async () => {
      const stream = openSocket('stream', { driver });
      onTestFinished(() => stream.close({ lingerMs: 0 }));
      const two = firstValueFrom(stream.messages.pipe(take(2), toArray()));
      agent.tell({ do: 'open', name: 'it', type: 'STREAM' });
      if (who === 'we bind') {
        const [endpoint] = await stream.bind(freeEndpoint(transport)).opened;
        agent.tell({ do: 'connect', name: 'it', endpoint: endpoint! });
      } else stream.connect(await agent.bind('it', freeEndpoint(transport)));
      const [[id = '', greeted] = []] = await agent.messages('it', 1);
      expect(greeted).toBe('');
      agent.tell({ do: 'send', name: 'it', messages: [[id, 'from them']] });
      const [[ourId, opened] = [], [, piece] = []] = await two;
      expect([textOf(opened!), textOf(piece!)]).toEqual(['', 'from them']);
      await stream.send([ourId!, 'from us']);
      expect(await agent.messages('it', 1)).toEqual([[id, 'from us']]);
      agent.tell({ do: 'close', name: 'it' });
      await agent.next('closed');
    });

    it('CURVE: lets in who is known and nobody else', async () => {
      const [server, friend, stranger] = [curveKeyPair(), curveKeyPair(), curveKeyPair()];
      const router = openSocket('router', {
        driver,
        security: {
          mechanism: 'curve',
          secretKey: server.secretKey,
          authenticate: ({ publicKey }) => publicKey === friend.publicKey,
        },
      });
      onTestFinished(() => router.close({ lingerMs: 0 }));
      const refused = new Promise<void>((resolve) => {
        router.status.subscribe(({ kind }) => kind === 'handshakeFailed' && resolve());
      });
      router.messages.subscribe((parts) => void router.send(parts));
      const options = (own: { publicKey: string; secretKey: string }) => ({
        curve_secretkey: own.secretKey,
        curve_publickey: own.publicKey,
        curve_serverkey: server.publicKey,
      });
      agent.tell({ do: 'open', name: 'stranger', type: 'DEALER', options: options(stranger) });
      agent.tell({ do: 'open', name: 'friend', type: 'DEALER', options: options(friend) });
      if (who === 'we bind') {
        const [endpoint] = await router.bind(freeEndpoint(transport)).opened;
        for (const name of ['stranger', 'friend']) agent.tell({ do: 'connect', name, endpoint: endpoint! });
      } else for (const name of ['stranger', 'friend']) router.connect(await agent.bind(name, freeEndpoint(transport)));
      agent.tell({ do: 'ask', name: 'friend', messages: sent });
      expect(await agent.replies(sent.length)).toEqual(sent);
      await refused;
      agent.tell({ do: 'close', name: 'stranger' }, { do: 'close', name: 'friend' });
      await agent.next('closed');
      await agent.next('closed');
    });
  });
});

/** What comes, as text; with `answers` each goes back to where it came from. */
function collect(handle: AnyHandle, answers: boolean): Promise<string[][]> {
  const received: string[][] = [];
  return new Promise((resolve) => {
    handle.messages.subscribe((parts) => {
      received.push(parts.map(textOf));
      if (answers) void handle.send(parts);
      if (received.length === sent.length) resolve(received);
    });
  });
}
