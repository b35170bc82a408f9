import { expect, it } from 'vitest';
import { rows } from '../../bench/rows/index.js';
import { guides } from './guides.js';

const table = (guides.get('docs/performance.md') ?? '').split('\n').filter((line) => line.startsWith('| `'));

it.each(rows)('the guide to performance says what row $name compares', ({ name }) => {
  expect(table.some((line) => line.split('|')[1]?.includes(`\`${name}\``))).toBe(true);
});
