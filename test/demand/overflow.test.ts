import { expect, it } from 'vitest';
import { MAX_BUFFERED, requireRoom } from '../../src/demand/overflow.js';
import { OverflowError } from '../../src/errors.js';

it('lets 1000 wait, unless told otherwise', () => {
  expect(MAX_BUFFERED).toBe(1000);
});

it('refuses one more than may wait', () => {
  const refuser = { of: 'toPush', endpoints: ['tcp://a:1', 'ipc://b'] };
  requireRoom(refuser, 0, 1);
  requireRoom(refuser, 999, 1000);
  expect(() => requireRoom(refuser, 1000, 1000)).toThrow(OverflowError);
  expect(() => requireRoom(refuser, 0, 0)).toThrow(OverflowError); // where none may wait
});

it('says who, how many those are, and what to do', () => {
  const error = new OverflowError(8, 'toPush', ['tcp://a:1', 'ipc://b']);
  expect(error).toMatchObject({ name: 'OverflowError', code: 'ERR_OVERFLOW', limit: 8, consumer: 'toPush' });
  expect(error.endpoints).toEqual(['tcp://a:1', 'ipc://b']);
  expect(error.message).toMatch(/^toPush tcp:\/\/a:1, ipc:\/\/b: more than 8 values wait.*bounded/);
  expect(new OverflowError(8, 'pacedMap').message).toMatch(/^pacedMap: more than 8 values wait/);
});
