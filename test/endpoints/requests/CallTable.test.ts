import { expect, it } from 'vitest';
import { Call } from '../../../src/endpoints/requests/Call.js';
import { CallTable } from '../../../src/endpoints/requests/CallTable.js';

function newCall(): Call {
  const requester = { reply: () => undefined, failed: () => undefined, timedOut: () => undefined };
  return new Call({ request: undefined, body: [] }, requester);
}

it('gives each call a correlation of its own, by which it is found', () => {
  const table = new CallTable();
  const calls = Array.from({ length: 1000 }, newCall);
  for (const call of calls) table.add(call);
  expect(new Set(calls.map(({ id }) => id)).size).toBe(1000);
  for (const call of calls) {
    expect(call.id).toBe(call.id >>> 0);
    expect(table.get(call.id)).toBe(call);
  }
});

it('finds no call that was deleted, and deletes no other in its place', () => {
  const table = new CallTable();
  const first = newCall();
  table.add(first);
  const { id } = first;
  table.delete(first);
  table.delete(first);
  expect(table.get(id)).toBeUndefined();
  for (let i = 0; i < 1000; i += 1) {
    const other = newCall();
    table.add(other);
    table.delete(first);
    expect(table.get(other.id)).toBe(other);
    table.delete(other);
  }
});

it('never takes the place of a call that waits for long', () => {
  const table = new CallTable();
  const patient = newCall();
  table.add(patient);
  const other = newCall();
  const ids = new Set([patient.id]);
  for (let i = 0; i < 1000; i += 1) {
    table.add(other);
    ids.add(other.id);
    table.delete(other);
  }
  expect(ids.size).toBe(1001);
  expect(table.get(patient.id)).toBe(patient);
});

it('tells its calls in the order in which they were added, also beyond its first places', () => {
  const table = new CallTable();
  const calls = Array.from({ length: 300 }, newCall);
  for (const call of calls) table.add(call);
  const left = calls.filter((_, index) => index % 3 > 0);
  for (const call of calls) if (!left.includes(call)) table.delete(call);
  expect(table.all()).toEqual(left);
  expect(table.find(({ id }) => id === left[7]!.id)).toBe(left[7]);
  expect(table.find(() => false)).toBeUndefined();
});

it('gives a call that is tried again a new correlation, and the place of the newest', () => {
  const table = new CallTable();
  const [one, two] = [newCall(), newCall()];
  table.add(one);
  table.add(two);
  const before = one.id;
  table.delete(one);
  table.add(one);
  expect(one.id).not.toBe(before);
  expect(table.get(before)).toBeUndefined();
  expect(table.all()).toEqual([two, one]);
});
