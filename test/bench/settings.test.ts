import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../bench/runner/settings.js';

describe('parseSettings', () => {
  it('builds and runs everything unless told otherwise', () => {
    const only: string[] = [];
    const sizes: number[] = [];

    expect(parseSettings([])).toEqual({ quick: false, long: false, check: false, build: true, only, sizes });
  });

  it('takes rows and sizes more than once', () => {
    const { only, sizes } = parseSettings(['--only', 'a', '--only', 'b', '--size', '64', '--size', '2048']);

    expect(only).toEqual(['a', 'b']);
    expect(sizes).toEqual([64, 2048]);
  });

  it('refuses an option there is not', () => {
    expect(() => parseSettings(['--fast'])).toThrow('--fast');
  });
});
