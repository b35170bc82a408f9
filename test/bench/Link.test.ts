import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { link } from '../../bench/runner/Link.js';
import type { Program } from '../../bench/runner/Peer.js';

const ROUND = { warmUp: 10, count: 200 };

/**
 * A peer that tells where it listens or that it is ready, and answers each order with an event. Each look at its processor
 * time finds so many us more.
 */
function peer(first: object, answer: string, us: number): Program {
  const code = `
    const say = (event) => console.log(JSON.stringify(event));
    let taken = 5000;
    require('node:readline').createInterface(process.stdin).on('line', (line) => {
      say(line === 'cpu' ? { event: 'cpu', us: (taken += ${us}) } : ${answer});
    });
    say(${JSON.stringify(first)});
  `;
  return { command: process.execPath, args: ['-e', code] };
}

const bound = { event: 'bound', endpoints: ['tcp://127.0.0.1:5'] };
const ready = { event: 'ready' };
const sent = "{ event: 'sent', count: +line }";

/** The sender takes 420 us for a round of 210 frames. */
const sender = (first: object): Program => peer(first, sent, 420);

/** A receiver that needs no order: at every other look at its processor time it tells of a round. It takes 630 us for one. */
function receiver(first: object, payloadBytes: number): Program {
  const received = { event: 'received', count: 200, ms: 100, payloadBytes };
  const code = `
    const say = (event) => console.log(JSON.stringify(event));
    let [taken, looks] = [7000, 0];
    require('node:readline').createInterface(process.stdin).on('line', () => {
      say({ event: 'cpu', us: (taken += 630) });
      if (looks++ % 2 === 0) say(${JSON.stringify(received)});
    });
    say(${JSON.stringify(first)});
  `;
  return { command: process.execPath, args: ['-e', code] };
}

describe('link', () => {
  it('connects the receiver to the sender that has bound, and counts its round', async () => {
    const told: unknown[][] = [];
    const contestant = await link({
      ...ROUND,
      payloadBytes: 64,
      sender: (...args) => (told.push(args), sender(bound)),
      receiver: (...args) => (told.push(args), receiver(ready, 64)),
    })();
    const rate = await contestant.measure();
    await contestant.close();

    expect(told).toEqual([['@tcp://127.0.0.1:*'], ['tcp://127.0.0.1:5', 10, 200]]);
    expect(rate).toEqual({ perSecond: 2000, senderUs: 2, receiverUs: 3 });
  });

  it('tells the receiver all endpoints of a sender that has bound several', async () => {
    const told: unknown[][] = [];
    const several = { event: 'bound', endpoints: ['tcp://127.0.0.1:5', 'tcp://127.0.0.1:6'] };
    const contestant = await link({
      ...ROUND,
      payloadBytes: 64,
      sender: (...args) => (told.push(args), sender(several)),
      receiver: (...args) => (told.push(args), receiver(ready, 64)),
    })();
    await contestant.close();

    expect(told).toEqual([['@tcp://127.0.0.1:*'], ['tcp://127.0.0.1:5,tcp://127.0.0.1:6', 10, 200]]);
  });

  it('connects the sender to the receiver that binds', async () => {
    const told: unknown[][] = [];
    const contestant = await link({
      ...ROUND,
      payloadBytes: 64,
      binds: 'receiver',
      sender: (...args) => (told.push(args), sender(ready)),
      receiver: (...args) => (told.push(args), receiver(bound, 64)),
    })();
    await contestant.measure();
    await contestant.close();

    expect(told).toEqual([['@tcp://127.0.0.1:*', 10, 200], ['tcp://127.0.0.1:5']]);
  });

  it('has a folder of its own for ipc, which is gone when it is closed', async () => {
    const told: string[] = [];
    const contestant = await link({
      ...ROUND,
      payloadBytes: 64,
      carrier: 'ipc',
      sender: (where) => (told.push(where), sender(bound)),
      receiver: () => receiver(ready, 64),
    })();
    const [, path = ''] = /^@ipc:\/\/(.+)\/socket$/.exec(told[0]!) ?? [];

    expect(existsSync(path)).toBe(true);
    await contestant.close();
    expect(existsSync(path)).toBe(false);
  });

  it('fails when other payloads came than it measures', async () => {
    const settings = { ...ROUND, payloadBytes: 64, sender: () => sender(bound), receiver: () => receiver(ready, 65) };

    await expect(link(settings)()).rejects.toThrow('payloads of 65 bytes instead of 64');
  });

  it('fails with what a peer said at its end', async () => {
    const broken = { command: process.execPath, args: ['-e', "console.error('no room'); process.exit(1)"] };
    const open = link({ ...ROUND, payloadBytes: 64, sender: () => broken, receiver: () => receiver(ready, 64) });

    await expect(open()).rejects.toThrow('no room');
  });
});
