import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, inject, it } from 'vitest';
import { npm } from '../../scripts/npm.mjs';
import { run } from './run.js';

/** Where jest is, and a test file of its user's in either module system. */
let folder: string;

beforeAll(() => {
  folder = join(dirname(inject('bare')), 'runner');
  mkdirSync(folder);
  cpSync(fileURLToPath(new URL('runner', import.meta.url)), folder, { recursive: true });
  const text = readFileSync(join(folder, 'flow.test.cjs'), 'utf8');
  const imports = text.replace(/^const (.*) = require\('(.*)'\);/gm, "import $1 from '$2';");
  writeFileSync(join(folder, 'flow.test.mjs'), imports);
  npm(['install', inject('tarball'), 'rxjs@7', 'jest@30'], { cwd: folder });
}, 180_000);

// jest runs tests in a realm of their own, whose Float32Array, Error and Promise are others than Node's
it.each([
  ['CommonJS', []],
  ['ESM', ['--experimental-vm-modules', '--no-warnings']],
])('jest runs tests of pipelines and real sockets as %s', (kind, flags) => {
  const file = `flow.test.${kind === 'ESM' ? 'm' : 'c'}js`;
  const { output, status } = run(folder, ...flags, 'node_modules/jest/bin/jest.js', '--ci', '--colors=false', file);
  expect(output).toMatch(/^Tests: +6 passed, 6 total$/m);
  expect(output).not.toContain('did not exit');
  expect(status).toBe(0);
});
