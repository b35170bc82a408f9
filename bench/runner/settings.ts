import { parseArgs } from 'node:util';
import { allDrivers, type Driver } from './drivers.js';

/** How a run is to be. */
export interface Settings {
  /** Less time for each row, and fewer sizes. */
  readonly quick: boolean;
  /** More messages where a figure is about time passing. */
  readonly long: boolean;
  /** Whether a missed target makes the command fail. */
  readonly check: boolean;
  /** Whether `dist` is built first. */
  readonly build: boolean;
  /** Whether the run is written to standard output as JSON, and all else to standard error. */
  readonly json: boolean;
  /** Rows to run; none: all. */
  readonly only: readonly string[];
  /** Payloads to run, in bytes; none: those of each row. */
  readonly sizes: readonly number[];
  /** Whose figures to take. */
  readonly drivers: readonly Driver[];
  /** The Python to compare with, if it is not that of `.venv`. */
  readonly python: string | undefined;
  /** A saved run to show instead of a new one. */
  readonly from: string | undefined;
  /** The page to write the figures on, if any. */
  readonly page: string | undefined;
}

export const usage = `npm run bench -- [options]
  --quick          some two minutes
  --long           more messages where a figure is about time passing
  --only ROW       this row; may be said again
  --size BYTES     this payload size, where a row has several; may be said again
  --driver NAME    native or engine; both unless one is said
  --doppler PYTHON an interpreter that has doppler-dsp, 0.21 or earlier; else one is installed into .venv
  --check          fails when a target is missed
  --no-build       measures dist as it is
  --json           writes the run to standard output as JSON
  --from FILE      shows a saved run of bench/results instead of measuring
  --write          writes the figures into docs/benchmarks.md
  --page [FILE]    writes the figures as Markdown between the markers of FILE, or on a page of its own where there is no
                   such file yet; on bench/results/benchmarks.md unless one is said`;

/** Where a page is written whose file was not said. */
const PAGE = 'bench/results/benchmarks.md';
const DOCS = 'docs/benchmarks.md';

/** @throws TypeError for options there are not, or that say two things */
export function parseSettings(args: readonly string[]): Settings {
  const { values } = parseArgs({
    args: args.flatMap((arg, i) => (arg === '--page' && isBare(args[i + 1]) ? [arg, PAGE] : [arg])),
    options: {
      quick: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      'no-build': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      size: { type: 'string', multiple: true, default: [] },
      driver: { type: 'string', multiple: true, default: [] },
      doppler: { type: 'string' },
      from: { type: 'string' },
      write: { type: 'boolean', default: false },
      page: { type: 'string' },
    },
  });
  const {
    quick,
    long,
    check,
    json,
    only,
    driver,
    doppler: python,
    from,
    write,
    page = write ? DOCS : undefined,
  } = values;
  const unknown = driver.find((name) => !allDrivers.some((known) => known === name));
  if (unknown !== undefined) throw new TypeError(`--driver is ${allDrivers.join(' or ')}, not ${unknown}`);
  const sizes = values.size.map(Number);
  const odd = sizes.findIndex((size) => !Number.isInteger(size) || size < 16 || size % 16 !== 0);
  if (odd !== -1) throw new TypeError(`--size is a multiple of 16 bytes, not ${values.size[odd]}`);
  if (write && values.page !== undefined) throw new TypeError('--write and --page are two pages');
  const drivers = allDrivers.filter((name) => driver.length === 0 || driver.includes(name));
  return { quick, long, check, build: !values['no-build'], json, only, sizes, drivers, python, from, page };
}

/** Whether an option that may have a value has none. */
function isBare(next: string | undefined): boolean {
  return next === undefined || next.startsWith('-');
}
