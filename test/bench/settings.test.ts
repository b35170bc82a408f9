import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../bench/runner/settings.js';

describe('parseSettings', () => {
  it('builds and runs everything unless told otherwise', () => {
    expect(parseSettings([])).toEqual({
      quick: false,
      long: false,
      check: false,
      build: true,
      json: false,
      only: [],
      sizes: [],
      drivers: ['native', 'engine'],
      python: undefined,
      from: undefined,
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
    [['--write'], 'docs/benchmarks.md'],
    [['--page'], 'bench/results/benchmarks.md'],
    [['--page', '--quick'], 'bench/results/benchmarks.md'],
  ])('takes %j as the page %s', (args, page) => {
    const settings = parseSettings(args);

    expect(settings.page).toBe(page);
    expect(settings.quick).toBe(args.includes('--quick'));
  });

  it('takes a Python of its own and a saved run', () => {
    const { python, from, json } = parseSettings(['--doppler', '/opt/py', '--from', 'run.json', '--json']);

    expect({ python, from, json }).toEqual({ python: '/opt/py', from: 'run.json', json: true });
  });

  it.each(['0', '8', '100', 'large', ''])(
    'refuses the size %j, which is not a number of samples of everybody',
    (size) => {
      expect(() => parseSettings(['--size', size])).toThrow(`--size is a multiple of 16 bytes, not ${size}`);
    },
  );

  it('refuses two pages', () => {
    expect(() => parseSettings(['--write', '--page', 'x.md'])).toThrow('--write and --page are two pages');
  });

  it('refuses a driver or an option there is not', () => {
    expect(() => parseSettings(['--driver', 'auto'])).toThrow('--driver is native or engine, not auto');
    expect(() => parseSettings(['--fast'])).toThrow('--fast');
  });
});
