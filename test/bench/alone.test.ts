import { describe, expect, it } from 'vitest';
import { alone } from '../../bench/runner/alone.js';
import type { Program } from '../../bench/runner/Peer.js';

/** A peer that is ready and answers each order with an event. Each look at its processor time finds 600 us more. */
function peer(answer: string): Program {
  const code = `
    const say = (event) => console.log(JSON.stringify(event));
    let taken = 0;
    require('node:readline').createInterface(process.stdin).on('line', (line) => {
      say(line === 'cpu' ? { event: 'cpu', us: (taken += 600) } : ${answer});
    });
    say({ event: 'ready' });
  `;
  return { command: process.execPath, args: ['-e', code] };
}

describe('alone', () => {
  it('orders a round and gives its rate, again and again', async () => {
    const answer = "{ event: 'received', count: +line, ms: 100, payloadBytes: 0 }";
    const contestant = await alone(peer(answer), 200)();
    const rounds = [await contestant.measure(), await contestant.measure()];
    await contestant.close();

    expect(rounds).toEqual(Array(2).fill({ perSecond: 2000, receiverUs: 3 }));
  });

  it('fails when the peer did something else', async () => {
    const contestant = await alone(peer("{ event: 'received', count: 1, ms: 1, payloadBytes: 0 }"), 200)();

    await expect(contestant.measure()).rejects.toThrow('the peer did 1 instead of 200');
    await contestant.close();
  });

  it('fails with what a peer said at its end', async () => {
    const broken = { command: process.execPath, args: ['-e', "console.error('no room'); process.exit(1)"] };

    await expect(alone(broken, 1)()).rejects.toThrow('no room');
  });
});
