import { expect, it } from 'vitest';
import { Heartbeat } from '../../../src/engine/connections/Heartbeat.js';
import { FakeClock } from '../../helpers/FakeClock.js';

/** When a heartbeat gave its peer up, in ms, after what came at these times. */
function givenUpAt(
  settings: { intervalMs: number; timeoutMs: number } | false,
  pingsAt: readonly number[],
  ttlMs: number,
) {
  const clock = new FakeClock();
  let givenUp: number | undefined;
  const listener = { ping: () => undefined, timedOut: () => (givenUp ??= clock.now()), readPaused: false };
  const heartbeat = new Heartbeat(clock, settings, listener);
  for (let now = 0; now < 3000 && givenUp === undefined; now += 1) {
    if (pingsAt.includes(now)) {
      heartbeat.heard();
      heartbeat.pinged(ttlMs);
    }
    clock.advance(1);
  }
  heartbeat.stop();
  return givenUp;
}

it('a peer that names a time in its PINGs and falls silent is given up that long after the last of them', () => {
  expect(givenUpAt(false, [0], 300)).toBe(300);
  expect(givenUpAt(false, [0, 50, 100, 150], 300)).toBe(450);
});

it('a peer that falls silent is given up one timeout after the first PING that it does not answer', () => {
  const settings = { intervalMs: 50, timeoutMs: 300 };
  expect(givenUpAt(settings, [], 0)).toBe(350);
  expect(givenUpAt(settings, [55, 110, 160], 0)).toBe(500);
});

it('a silence that is our own is no reason, but counts again once it is over', () => {
  const clock = new FakeClock();
  const listener = { ping: () => undefined, timedOut: () => (givenUp ??= clock.now()), readPaused: true };
  let givenUp: number | undefined;
  const heartbeat = new Heartbeat(clock, false, listener);
  heartbeat.heard();
  heartbeat.pinged(100);
  clock.advance(250);
  expect(givenUp).toBeUndefined();
  listener.readPaused = false;
  clock.advance(50);
  expect(givenUp).toBe(300);
});
