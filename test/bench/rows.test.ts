import { expect, it } from 'vitest';
import { rows } from '../../bench/rows/index.js';

it('calls no two rows the same, so that --only means one', () => {
  const names = rows.map(({ name }) => name);

  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-zA-Z]+$/);
});
