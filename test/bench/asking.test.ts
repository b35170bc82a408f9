import { expect, it } from 'vitest';
import { asking } from '../../bench/runner/asking.js';
import type { Program } from '../../bench/runner/Peer.js';

/** A peer that answers each order with an event. Each look at its processor time finds so many us more. */
function peer(first: object, us: number): Program {
  const code = `
    const say = (event) => console.log(JSON.stringify(event));
    let taken = 0;
    require('node:readline').createInterface(process.stdin).on('line', (line) => {
      if (line === 'cpu') say({ event: 'cpu', us: (taken += ${us}) });
      else say({ event: 'answered', count: +line, ms: 100, roundTripUs: 40 });
    });
    say(${JSON.stringify(first)});
  `;
  return { command: process.execPath, args: ['-e', code] };
}

it('times round trips, and has the processor time of who asks and of who answers', async () => {
  const told: string[] = [];
  const bound = { event: 'bound', endpoints: ['tcp://127.0.0.1:5'] };
  const contestant = await asking(
    peer(bound, 1000),
    (endpoint) => (told.push(endpoint), peer({ event: 'ready' }, 600)),
    200,
  )();
  const trips = await contestant.measure();
  await contestant.close();

  expect(told).toEqual(['tcp://127.0.0.1:5']);
  expect(trips).toEqual({ perSecond: 2000, senderUs: 3, receiverUs: 5, roundTripUs: 40 });
});
