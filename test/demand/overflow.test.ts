import { expect, it } from 'vitest';
import { MAX_BUFFERED, requireRoom } from '../../src/demand/overflow.js';
import { OverflowError } from '../../src/errors.js';

it('lets 1000 wait, unless told otherwise', () => {
  expect(MAX_BUFFERED).toBe(1000);
});

it('refuses one more than may wait', () => {
  requireRoom(0, 1);
  requireRoom(999, 1000);
  expect(() => requireRoom(1000, 1000)).toThrow(OverflowError);
  expect(() => requireRoom(0, 0)).toThrow(OverflowError); // where none may wait
});

it('says how many those are, and what to do', () => {
  const error = new OverflowError(8);
  expect(error).toMatchObject({ name: 'OverflowError', code: 'ERR_OVERFLOW', limit: 8 });
  expect(error.message).toMatch(/more than 8 values wait.*bounded/);
});
