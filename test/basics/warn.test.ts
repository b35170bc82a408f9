import { expect, it, vi } from 'vitest';
import { warn } from '../../src/basics/warn.js';
import { heardWarnings } from '../helpers/heardWarnings.js';

it('is a process warning of its own name', async () => {
  const warnings = heardWarnings();
  warn('mind the gap');
  await warnings.settled();
  expect(warnings.texts).toEqual(['mind the gap']);
});

it('goes to the console where there is no process', () => {
  const written = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.stubGlobal('process', undefined);
  try {
    warn('mind the gap');
  } finally {
    vi.unstubAllGlobals();
  }
  expect(written.mock.calls).toEqual([['RxZmqWarning: mind the gap']]);
  written.mockRestore();
});
