import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../bench/runner/settings.js';

describe('parseSettings', () => {
  it('builds and runs everything unless told otherwise', () => {
    expect(parseSettings([])).toEqual({
      quick: false,
      long: false,
      check: false,
      build: true,
      only: [],
      sizes: [],
      drivers: ['native', 'engine'],
      page: undefined,
    });
  });

  it('takes rows and sizes more than once', () => {
    const { only, sizes } = parseSettings(['--only', 'a', '--only', 'b', '--size', '64', '--size', '2048']);

    expect(only).toEqual(['a', 'b']);
    expect(sizes).toEqual([64, 2048]);
  });

  it('takes one driver, or both in the order of the table', () => {
    expect(parseSettings(['--driver', 'engine']).drivers).toEqual(['engine']);
    expect(parseSettings(['--driver', 'engine', '--driver', 'native']).drivers).toEqual(['native', 'engine']);
  });

  it.each([
    [['--page', 'docs/benchmarks.md'], 'docs/benchmarks.md'],
    [['--page'], 'bench/results/benchmarks.md'],
    [['--page', '--quick'], 'bench/results/benchmarks.md'],
  ])('takes %j as the page %s', (args, page) => {
    const settings = parseSettings(args);

    expect(settings.page).toBe(page);
    expect(settings.quick).toBe(args.includes('--quick'));
  });

  it('refuses a driver or an option there is not', () => {
    expect(() => parseSettings(['--driver', 'auto'])).toThrow('--driver is native or engine, not auto');
    expect(() => parseSettings(['--fast'])).toThrow('--fast');
  });
});
