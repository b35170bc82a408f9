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
  /** Rows to run; none: all. */
  readonly only: readonly string[];
  /** Payloads to run, in bytes; none: all. */
  readonly sizes: readonly number[];
  /** Whose figures to take. */
  readonly drivers: readonly Driver[];
  /** The page to write the figures on, if any. */
  readonly page: string | undefined;
}

export const usage = `npm run bench -- [options]
  --quick        a few minutes
  --long         more messages where a figure is about time passing
  --only ROW     this row; may be said again
  --size BYTES   this payload size, where a row has several; may be said again
  --driver NAME  native or engine; both unless one is said
  --check        fails when a target is missed
  --no-build     measures dist as it is
  --page [FILE]  writes the figures as Markdown between the markers of FILE, or on a page of its own where there is no
                 such file yet; on bench/results/benchmarks.md unless one is said`;

/** Where a page is written whose file was not said. */
const PAGE = 'bench/results/benchmarks.md';

/** @throws TypeError for options there are not */
export function parseSettings(args: readonly string[]): Settings {
  const { values } = parseArgs({
    args: args.flatMap((arg, i) => (arg === '--page' && isBare(args[i + 1]) ? [arg, PAGE] : [arg])),
    options: {
      quick: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      'no-build': { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      size: { type: 'string', multiple: true, default: [] },
      driver: { type: 'string', multiple: true, default: [] },
      page: { type: 'string' },
    },
  });
  const { quick, long, check, only, size, driver, page } = values;
  const unknown = driver.find((name) => !allDrivers.some((known) => known === name));
  if (unknown !== undefined) throw new TypeError(`--driver is ${allDrivers.join(' or ')}, not ${unknown}`);
  const drivers = allDrivers.filter((name) => driver.length === 0 || driver.includes(name));
  return { quick, long, check, build: !values['no-build'], only, sizes: size.map(Number), drivers, page };
}

/** Whether an option that may have a value has none. */
function isBare(next: string | undefined): boolean {
  return next === undefined || next.startsWith('-');
}
