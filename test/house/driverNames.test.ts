import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const compares = /[!=]==?\s*'(engine|native)'|'(engine|native)'\s*[!=]==?|case '(engine|native)'/;

it('asks for a capability of a driver, and for its name in platform/ alone', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const asking = files.filter((file) => compares.test(readFileSync(src + file, 'utf8')));
  expect(asking.filter((file) => !file.startsWith('platform'))).toEqual([]);
  expect(asking).not.toEqual([]); // it finds what it looks for
});
