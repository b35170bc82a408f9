import { expect, it } from 'vitest';
import { findPythonPeers } from '../../bench/runner/pythonPeers.js';
import type { Tools } from '../../bench/runner/programs.js';
import { releases } from '../../bench/runner/releases.js';

const tools: Tools = {
  c: undefined,
  python: findPythonPeers('no-such-python'),
  drivers: ['native', 'engine'],
  release: true,
  notes: [],
};

it('gives memory back where the engine gave a frame a buffer of its own', () => {
  expect(releases('engine', tools, 4097)).toBe(true);
  expect(releases('engine', tools, 4096)).toBe(false);
  expect(releases('native', tools, 4097)).toBe(false);
  expect(releases('engine', { ...tools, release: false }, 4097)).toBe(false);
});
