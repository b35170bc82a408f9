import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { Agent } from './support/Agent.js';
import { openEar, startAgent } from './support/agents.js';
import type { Ear } from './support/Ear.js';
import { freeEndpoint } from './support/endpoints.js';

afterAll(() => expect(Agent.running()).toEqual([]));

const ENOUGH = 500;
const SOON = { reconnect: { initialMs: 10, maxMs: 50 } } as const;

describe.each(['tcp', 'ipc'] as const)('killed in mid-stream and started again, on %s', (transport) => {
  it.each([
    ['PUSH', 'pull', 'they bind'],
    ['PUSH', 'pull', 'we bind'],
    ['PUB', 'sub', 'they bind'],
    ['PUB', 'sub', 'we bind'],
    ['DEALER', 'router', 'we bind'],
  ] as const)('a pyzmq %s: what each life of it sent comes to our %s in order, %s', async (theirs, ours, who) => {
    const ear = openEar(ours, SOON);
    if (ours === 'sub') ear.subscribe('');
    let endpoint = who === 'we bind' ? await ear.end.bind(freeEndpoint(transport)) : freeEndpoint(transport);
    let isFirst = true;
    for (const life of ['first', 'second', 'third']) {
      const agent = await startAgent();
      agent.tell({ do: 'open', name: 'it', type: theirs });
      if (who === 'we bind') agent.tell({ do: 'connect', name: 'it', endpoint });
      else endpoint = await agent.bind('it', endpoint);
      if (isFirst && who === 'they bind') ear.connect(endpoint);
      agent.tell({ do: 'number', name: 'it', prefix: life });
      const numbers = await numbersOf(ear, life, ENOUGH);
      if (theirs !== 'PUB') expect(numbers[0]).toBe(0); // PUB does not wait for who wants it
      expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! + i));
      await agent.kill();
      isFirst = false;
    }
    await ear.log.nth('disconnected', 3);
  });

  it.each([
    ['push', 'PULL', 'we bind'],
    ['push', 'PULL', 'they bind'],
    ['pub', 'SUB', 'we bind'],
    ['pub', 'SUB', 'they bind'],
    ['dealer', 'ROUTER', 'they bind'],
  ] as const)(
    'our %s to a pyzmq %s: each life of it gets an unbroken run of what we send, %s',
    async (ours, theirs, who) => {
      const ear = openEar(ours, SOON);
      let endpoint = who === 'we bind' ? await ear.end.bind(freeEndpoint(transport)) : freeEndpoint(transport);
      let isFirst = true;
      let last = -1;
      const stop = sendNumbers(ear);
      for (let life = 0; life < 3; life += 1) {
        const agent = await startAgent();
        agent.tell({ do: 'open', name: 'it', type: theirs, subscribe: theirs === 'SUB' ? [''] : [] });
        if (who === 'we bind') agent.tell({ do: 'connect', name: 'it', endpoint });
        else endpoint = await agent.bind('it', endpoint);
        if (isFirst && who === 'they bind') ear.connect(endpoint);
        agent.tell({ do: 'collect', name: 'it' });
        const numbers: number[] = [];
        while (numbers.length < ENOUGH) {
          for (const parts of (await agent.next('batch')).messages) numbers.push(Number(parts.at(-1)));
        }
        expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! + i));
        expect(numbers[0]).toBeGreaterThan(last);
        last = numbers.at(-1)!;
        await agent.kill();
        isFirst = false;
      }
      stop();
      await ear.log.nth('disconnected', 3);
    },
  );

  it('a pyzmq REP with a request in its hands: another one gets it when it is asked again', async () => {
    const ear = openEar('req', { ...SOON, options: { relaxed: true, correlate: true } });
    const first = await startAgent();
    first.tell({ do: 'open', name: 'it', type: 'REP' });
    const endpoint = await first.bind('it', freeEndpoint(transport));
    ear.connect(endpoint);
    await ear.send('lost');
    expect(await first.messages('it', 1)).toEqual([['lost']]);
    await first.kill();
    await ear.log.first('disconnected');
    const second = await startAgent();
    second.tell({ do: 'open', name: 'it', type: 'REP' });
    await second.bind('it', endpoint);
    second.tell({ do: 'serve', name: 'it' });
    await ear.send('again');
    expect(await ear.heard.take()).toEqual(['again']);
  });

  it('a pyzmq REQ before its reply: others are served as if it had not been', async () => {
    const ear = openEar('rep', SOON);
    const endpoint = await ear.end.bind(freeEndpoint(transport));
    const [first, second] = await Promise.all([startAgent(), startAgent()]);
    for (const agent of [first, second]) {
      agent.tell({ do: 'open', name: 'it', type: 'REQ' }, { do: 'connect', name: 'it', endpoint });
    }
    first.tell({ do: 'ask', name: 'it', messages: [['from the first']] });
    expect(await ear.heard.take()).toEqual(['from the first']);
    await first.kill();
    await ear.log.first('disconnected');
    await ear.send('for nobody');
    second.tell({ do: 'ask', name: 'it', messages: [['from the second']] });
    expect(await ear.heard.take()).toEqual(['from the second']);
    await ear.send('for the second');
    expect(await second.replies(1)).toEqual([['for the second']]);
  });
});

/** The next numbers of one life: those of another that are still on their way come before. */
async function numbersOf(ear: Ear, life: string, count: number): Promise<number[]> {
  const numbers: number[] = [];
  while (numbers.length < count) {
    const parts = await ear.heard.take();
    if (parts.at(-2) === life) numbers.push(Number(parts.at(-1)));
    else expect(numbers).toEqual([]);
  }
  return numbers;
}

/** Sends numbers all the time, as far as there is room; the function it gives ends that. */
function sendNumbers(ear: Ear): () => void {
  let ends = false;
  void (async () => {
    for (let number = 0; !ends; number += 1) {
      await ear.send('ours', String(number));
      if (number % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
  })();
  const stop = (): void => void (ends = true);
  onTestFinished(stop);
  return stop;
}
