import { expect, it } from 'vitest';
import { slot } from '../../src/demand/slot.js';
import { under } from '../../src/demand/under.js';
import { Places } from './stages.js';

it('makes a demand the current one, and gives what the function gives', () => {
  const places = new Places();
  expect(under(places, () => slot.current)).toBe(places);
  expect(slot.current).toBeUndefined();
});

it('restores the one before, also when the function throws', () => {
  const [outer, inner] = [new Places(), new Places()];
  under(outer, () => {
    under(inner, () => expect(slot.current).toBe(inner));
    expect(slot.current).toBe(outer);
    expect(() =>
      under(inner, () => {
        throw new Error('thrown');
      }),
    ).toThrow('thrown');
    expect(slot.current).toBe(outer);
    under(undefined, () => expect(slot.current).toBeUndefined());
    expect(slot.current).toBe(outer);
  });
  expect(slot.current).toBeUndefined();
});
