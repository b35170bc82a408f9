import { expect, it } from 'vitest';
import { Blacklist } from '../../../src/savant/rules/Blacklist.js';
import { FakeClock } from '../../helpers/FakeClock.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it('keeps a topic out until its time is over', () => {
  const clock = new FakeClock();
  const blacklist = new Blacklist(clock, 10, 1000);
  blacklist.add(bytes('cam-1'));
  clock.spend(999);
  expect(blacklist.has(bytes('cam-1'))).toBe(true);
  expect(blacklist.has(bytes('cam-11'))).toBe(false);
  clock.spend(1);
  expect(blacklist.has(bytes('cam-1'))).toBe(false);
});

it('begins the time again for one that is there', () => {
  const clock = new FakeClock();
  const blacklist = new Blacklist(clock, 10, 1000);
  blacklist.add(bytes('cam-1'));
  clock.spend(600);
  blacklist.add(bytes('cam-1'));
  clock.spend(600);
  expect(blacklist.has(bytes('cam-1'))).toBe(true);
});

it('forgets the one that was asked for longest ago', () => {
  const blacklist = new Blacklist(new FakeClock(), 2, 1000);
  blacklist.add(bytes('a'));
  blacklist.add(bytes('b'));
  expect(blacklist.has(bytes('a'))).toBe(true);
  blacklist.add(bytes('c'));
  expect(blacklist.has(bytes('b'))).toBe(false);
  expect(blacklist.has(bytes('a'))).toBe(true);
});

it('tells topics apart that are no text, and long ones', () => {
  const blacklist = new Blacklist(new FakeClock(), 10, 1000);
  blacklist.add(Uint8Array.of(0xff, 0xfe));
  expect(blacklist.has(Uint8Array.of(0xff, 0xfd))).toBe(false);
  expect(blacklist.has(Uint8Array.of(0xff, 0xfe))).toBe(true);
  const long = new Uint8Array(1_000_000).fill(7);
  blacklist.add(long);
  expect(blacklist.has(long.slice())).toBe(true);
  expect(blacklist.has(long.subarray(1))).toBe(false);
});
