import { expect, it } from 'vitest';
import { PeerClock, peerAheadMs } from '../../../src/engine/web/PeerClock.js';
import type { Clock } from '../../../src/time/Clock.js';

function open(peer: number, aheadMs: number) {
  const sent: string[] = [];
  let ms = 0;
  const clock = { now: () => ms, wallNs: () => BigInt(Math.round(ms * 1e6)) } as Clock;
  const peerNow = (): bigint => BigInt(Math.round((ms + aheadMs) * 1e6));
  const peerClock = new PeerClock(clock, (text) => sent.push(text));
  peerClock.open(peer, peerNow() - 20_000_000n); // the hello took 20 ms
  return { sent, peerClock, pass: (by: number) => (ms += by), peerNow };
}

it('knows how far a gateway is ahead by its hello, and better by a ping', () => {
  const { sent, pass, peerClock, peerNow } = open(901, 5000);
  expect(peerAheadMs(901)).toBeCloseTo(4980, 3);
  expect(sent).toEqual(['Pclock']);
  pass(30);
  const now = peerNow();
  pass(30);
  peerClock.pong('other', now);
  peerClock.pong('clock', now);
  expect(peerAheadMs(901)).toBeCloseTo(5000, 3);
  peerClock.close();
});

it('believes the quickest answer, as a busy page reads answers late', () => {
  const { pass, peerClock, peerNow } = open(905, 5000);
  for (const lateMs of [400, 2, 300, 250]) {
    peerAheadMs(905);
    const now = peerNow();
    pass(lateMs);
    peerClock.pong('clock', now);
    pass(1000);
  }
  expect(Math.abs(peerAheadMs(905) - 5000)).toBeLessThanOrEqual(1);
  peerClock.close();
});

it('asks a few times at first, then no more often than every ten seconds, and only if somebody wants to know', () => {
  const { sent, pass, peerClock, peerNow } = open(902, 0);
  expect(sent).toEqual([]);
  for (let i = 0; i < 100; i += 1) {
    peerAheadMs(902);
    peerClock.pong('clock', peerNow());
    pass(250);
  }
  expect(sent.length).toBeGreaterThanOrEqual(7);
  expect(sent.length).toBeLessThanOrEqual(9);
  peerClock.close();
});

it('has the newest gateway where nobody says which, and nothing once all are gone', () => {
  const first = open(903, 1000);
  const second = open(904, 2000);
  expect(peerAheadMs(undefined)).toBeCloseTo(1980, 3);
  second.peerClock.close();
  expect(peerAheadMs(undefined)).toBeCloseTo(980, 3);
  first.peerClock.close();
  expect([peerAheadMs(undefined), peerAheadMs(903)]).toEqual([0, 0]);
});
