import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PatternType } from '../../../src/driver/TypeOptions.js';
import { Agent } from './support/Agent.js';
import { bytesOf, Ear } from './support/Ear.js';
import { freeEndpoint } from './support/endpoints.js';

/** Of all lengths at which the wire or an engine does something else. */
const LENGTHS = [0, 1, 63, 254, 255, 256, 257, 4095, 4096, 8192, 65_535, 65_536, 300_000];
const messages = LENGTHS.map((length, i) => [`topic ${i}`, 'ÿ'.repeat(length), '', `end ${i}`]);
const NUL = '\0';

/** Who is at the two ends, and what goes which way between them. */
interface Pairing {
  readonly ours: PatternType;
  readonly theirs: string;
  readonly way: 'we send' | 'they send' | 'they ask' | 'we ask' | 'both send';
}
const pairings: readonly Pairing[] = [
  { ours: 'pair', theirs: 'PAIR', way: 'both send' },
  { ours: 'push', theirs: 'PULL', way: 'we send' },
  { ours: 'pull', theirs: 'PUSH', way: 'they send' },
  { ours: 'pub', theirs: 'SUB', way: 'we send' },
  { ours: 'pub', theirs: 'XSUB', way: 'we send' },
  { ours: 'xpub', theirs: 'SUB', way: 'we send' },
  { ours: 'xpub', theirs: 'XSUB', way: 'we send' },
  { ours: 'sub', theirs: 'PUB', way: 'they send' },
  { ours: 'sub', theirs: 'XPUB', way: 'they send' },
  { ours: 'xsub', theirs: 'PUB', way: 'they send' },
  { ours: 'xsub', theirs: 'XPUB', way: 'they send' },
  { ours: 'req', theirs: 'REP', way: 'we ask' },
  { ours: 'req', theirs: 'ROUTER', way: 'we ask' },
  { ours: 'rep', theirs: 'REQ', way: 'they ask' },
  { ours: 'router', theirs: 'REQ', way: 'they ask' },
  { ours: 'router', theirs: 'DEALER', way: 'they ask' },
  { ours: 'dealer', theirs: 'DEALER', way: 'both send' },
  { ours: 'dealer', theirs: 'ROUTER', way: 'we ask' },
];
const links = (['tcp', 'ipc'] as const).flatMap((transport) =>
  [true, false].map((weBind) => ({ transport, weBind, who: weBind ? 'we bind' : 'they bind' })),
);

describe.each(links)('$transport, $who', ({ transport, weBind }) => {
  let agent: Agent;
  beforeAll(async () => {
    agent = new Agent();
    await agent.next('ready');
  });
  afterAll(async () => {
    await agent.kill();
    expect(Agent.running()).toEqual([]);
  });

  it.each(pairings)('$ours and pyzmq $theirs: $way', (pairing) => talk(pairing));

  it('router and pyzmq ROUTER, by the names they have', async () => {
    const ours = new Ear('router', { routingId: bytesOf('we') }, (parts) => ours.end.socket.write([...parts]));
    await joined(ours, 'ROUTER', { identity: 'they' });
    await ours.send('they', 'hello', '');
    const [[id, ...rest] = []] = await agent.messages('it', 1);
    expect([id, ...rest]).toEqual(['we', 'hello', '']);
    agent.tell({ do: 'ask', name: 'it', messages: messages.map((parts) => ['we', ...parts]) });
    expect(await agent.replies(messages.length)).toEqual(messages.map((parts) => ['we', ...parts]));
    await ended(ours);
  });

  it('stream and pyzmq STREAM: bytes both ways, and their ends', async () => {
    const ours = new Ear('stream');
    await joined(ours, 'STREAM');
    const [ourId = '', came] = await ours.heard.take();
    const [[theirId = '', greeted] = []] = await agent.messages('it', 1);
    expect([came, greeted]).toEqual(['', '']);
    await ours.send(ourId, `from us${NUL}`);
    expect(await agent.messages('it', 1)).toEqual([[theirId, `from us${NUL}`]]);
    agent.tell({ do: 'send', name: 'it', messages: [[theirId, 'from them']] });
    expect(await ours.heard.take()).toEqual([ourId, 'from them']);
    await ours.send(ourId, ''); // that closes it
    expect(await agent.messages('it', 1)).toEqual([[theirId, '']]);
    await ended(ours);
  });

  async function talk({ ours: type, theirs, way }: Pairing): Promise<void> {
    const answers = type === 'rep' || type === 'router';
    const ours = new Ear(type, {}, answers ? (parts) => ours.end.socket.write([...parts]) : undefined);
    if (type === 'sub') ours.subscribe('topic');
    if (type === 'xsub') await ours.send('\x01topic');
    await joined(ours, theirs, {}, theirs === 'SUB' ? ['topic'] : []);
    if (theirs === 'XSUB') agent.tell({ do: 'send', name: 'it', messages: [['\x01topic']] });
    if (theirs === 'XPUB') expect(await agent.messages('it', 1)).toEqual([['\x01topic']]);
    if (theirs === 'PUB') await known(ours);

    if (way === 'we send' || way === 'both send') {
      const incoming = agent.messages('it', messages.length); // a SUB that is bound says what it wants when it looks
      if (type === 'pub' || type === 'xpub') await ours.log.first('subscribed');
      for (const parts of messages) await ours.send(...parts);
      expect(await incoming).toEqual(messages);
    }
    if (way === 'they send' || way === 'both send') {
      agent.tell({ do: 'send', name: 'it', messages });
      for (const parts of messages) expect(await ours.heard.take()).toEqual(parts);
    }
    if (way === 'they ask') {
      agent.tell({ do: 'ask', name: 'it', messages });
      expect(await agent.replies(messages.length)).toEqual(messages);
    }
    if (way === 'we ask') {
      agent.tell({ do: 'echo', name: 'it', count: messages.length });
      for (const parts of messages) {
        await ours.send(...parts);
        expect(await ours.heard.take()).toEqual(parts);
      }
    }
    expect(ours.end.failures).toEqual([]);
    await ended(ours);
  }

  async function joined(ours: Ear, theirs: string, options = {}, subscribe: readonly string[] = []): Promise<void> {
    agent.tell({ do: 'open', name: 'it', type: theirs, options, subscribe });
    if (weBind) agent.tell({ do: 'connect', name: 'it', endpoint: await ours.end.bind(freeEndpoint(transport)) });
    else ours.connect(await agent.bind('it', freeEndpoint(transport)));
    if (ours.end.type !== 'stream') await ours.log.first('connected');
  }

  /** A PUB says nothing of who has subscribed: it says something until it is heard, and the last of that is known. */
  async function known(ours: Ear): Promise<void> {
    let heard: readonly string[] | undefined;
    let said = 0;
    const first = ours.heard.take().then((parts) => (heard = parts));
    while (heard === undefined) {
      agent.tell({ do: 'send', name: 'it', messages: [['topic known', String(said)]] });
      said += 1;
      await agent.next('sent');
    }
    await first;
    for (let last = Number(heard[1]); last < said - 1;) last = Number((await ours.heard.take())[1]);
  }

  async function ended(ours: Ear): Promise<void> {
    agent.tell({ do: 'close', name: 'it' });
    await agent.next('closed');
    await ours.end.close();
  }
});
