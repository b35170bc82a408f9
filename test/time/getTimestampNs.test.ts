import { afterEach, expect, it, vi } from 'vitest';
import { getTimestampNs } from '../../src/time/getTimestampNs.js';

afterEach(() => void vi.useRealTimers());

it('never decreases, and is finer than a microsecond', () => {
  const readings = Array.from({ length: 5000 }, getTimestampNs);
  readings.forEach((reading, k) => expect(k === 0 || reading >= readings[k - 1]!).toBe(true));
  expect(readings.some((reading) => reading % 1000n !== 0n)).toBe(true);
});

it('is UNIX time in ns', () => {
  const before = BigInt(Date.now()) * 1_000_000n;
  expect(getTimestampNs() >= before).toBe(true);
});

it('is not changed by fake timers', () => {
  const before = getTimestampNs();
  vi.useFakeTimers({ now: 0 });
  expect(Date.now()).toBe(0);
  expect(getTimestampNs() >= before).toBe(true);
});
