import { describe, expect, it } from 'vitest';
import { link } from '../../bench/runner/Link.js';
import type { Program } from '../../bench/runner/Peer.js';

const ROUND = { warmUp: 10, count: 200 };

/** A peer that tells where it listens or that it is ready, and answers each order with an event. */
function peer(first: object, answer: string): Program {
  const code = `
    const say = (event) => console.log(JSON.stringify(event));
    require('node:readline').createInterface(process.stdin).on('line', (line) => say(${answer}));
    say(${JSON.stringify(first)});
  `;
  return { command: process.execPath, args: ['-e', code] };
}

const bound = { event: 'bound', endpoints: ['tcp://127.0.0.1:5'] };
const ready = { event: 'ready' };
const sent = "{ event: 'sent', count: +line, cpuUs: 2 * line }";

/** A receiver that needs no order: it tells of a round at once. */
function receiver(first: object, payloadBytes: number): Program {
  const received = { event: 'received', count: 200, ms: 100, cpuUs: 600, payloadBytes };
  const code = `for (const event of ${JSON.stringify([first, received])}) console.log(JSON.stringify(event));
    process.stdin.resume();`;
  return { command: process.execPath, args: ['-e', code] };
}

describe('link', () => {
  it('connects the receiver to the sender that has bound, and counts its round', async () => {
    const told: unknown[][] = [];
    const contestant = await link({
      ...ROUND,
      payloadBytes: 64,
      sender: peer(bound, sent),
      receiver: (...args) => (told.push(args), receiver(ready, 64)),
    })();
    const rate = await contestant.measure();
    await contestant.close();

    expect(told).toEqual([['tcp://127.0.0.1:5', 10, 200]]);
    expect(rate).toEqual({ perSecond: 2000, senderUs: 2, receiverUs: 3 });
  });

  it('tells the receiver all endpoints of a sender that has bound several', async () => {
    const told: unknown[][] = [];
    const several = { event: 'bound', endpoints: ['tcp://127.0.0.1:5', 'tcp://127.0.0.1:6'] };
    const contestant = await link({
      ...ROUND,
      payloadBytes: 64,
      sender: peer(several, sent),
      receiver: (...args) => (told.push(args), receiver(ready, 64)),
    })();
    await contestant.close();

    expect(told).toEqual([['tcp://127.0.0.1:5,tcp://127.0.0.1:6', 10, 200]]);
  });

  it('connects the sender to the receiver where it is made with an endpoint', async () => {
    const told: unknown[][] = [];
    const contestant = await link({
      ...ROUND,
      payloadBytes: 64,
      sender: (...args) => (told.push(args), peer(ready, sent)),
      receiver: (...args) => (told.push(args), receiver(bound, 64)),
    })();
    await contestant.measure();
    await contestant.close();

    expect(told).toEqual([['tcp://127.0.0.1:*', 10, 200], ['tcp://127.0.0.1:5']]);
  });

  it('fails when other payloads came than it measures', async () => {
    const settings = { ...ROUND, payloadBytes: 64, sender: peer(bound, sent), receiver: () => receiver(ready, 65) };
    const contestant = await link(settings)();

    await expect(contestant.measure()).rejects.toThrow('payloads of 65 bytes instead of 64');
    await contestant.close();
  });

  it('fails with what a peer said at its end', async () => {
    const broken = { command: process.execPath, args: ['-e', "console.error('no room'); process.exit(1)"] };
    const open = link({ ...ROUND, payloadBytes: 64, sender: broken, receiver: () => receiver(ready, 64) });

    await expect(open()).rejects.toThrow('no room');
  });
});
