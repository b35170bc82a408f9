// The benchmarks: each figure is a ratio against a baseline of the same run. `npm run bench -- --help`
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rows } from './rows/index.js';
import { type Figure, holds } from './runner/Figure.js';
import { findMachine } from './runner/machine.js';
import { fillPage, pageOf } from './runner/page.js';
import { findTools } from './runner/programs.js';
import { allSizes, type Bench, quickSizes } from './runner/Row.js';
import type { Run } from './runner/Run.js';
import { save } from './runner/save.js';
import { parseSettings, usage } from './runner/settings.js';
import { overview } from './runner/overview.js';
import { table } from './runner/table.js';

const given = process.argv.slice(2);
if (given.includes('--help')) {
  console.log(`${usage}\nRows: ${rows.map(({ name }) => name).join(', ')}`);
  process.exit();
}

const at = new Date().toISOString();
const settings = parseSettings(given);
const unknown = settings.only.filter((name) => !rows.some((row) => row.name === name));
if (unknown.length > 0) throw new Error(`no such row: ${unknown.join(', ')}`);
const chosen = rows.filter(({ name }) => settings.only.length === 0 || settings.only.includes(name));

// a page that cannot be filled is told before the measuring, not after it
const page = settings.page === undefined ? undefined : readPage(settings.page);
if (page !== undefined) fillPage(page, []);

if (settings.build) {
  console.log('building dist ...');
  const built = spawnSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (built.status !== 0) throw new Error('the build failed');
}

// an interrupt ends the run in its usual way: `exit` ends the peers
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const tools = findTools();
for (const note of tools.notes) console.log(note);
const drivers = settings.drivers.filter((driver) => tools.drivers.includes(driver));
if (drivers.length === 0) throw new Error(`no driver to measure: the built package has ${tools.drivers.join(', ')}`);
const bench: Bench = {
  settings,
  tools,
  drivers,
  sizes: settings.sizes.length > 0 ? settings.sizes : settings.quick ? quickSizes : allSizes,
  effort: (fullMs, contestants = 1) => {
    const budgetMs = fullMs * contestants;
    return settings.quick ? { generations: 1, budgetMs: budgetMs / 4 } : { generations: 3, budgetMs };
  },
};

const results: Record<string, readonly Figure[]> = {};
const missing: Record<string, string> = {};
for (const row of chosen) {
  try {
    const found = await row.run(bench);
    console.log(`\n${row.title} [${row.name}]\n`);
    if (typeof found === 'string') {
      missing[row.name] = found;
      console.log(`Left out: ${found}.`);
    } else {
      results[row.name] = found;
      console.log(table(found).join('\n'));
    }
  } catch (error) {
    // the figures of the other rows are no worse for it
    missing[row.name] = 'it failed in this run';
    console.log(`\n${row.title} [${row.name}]\n\nFailed:`, error);
    process.exitCode = 1;
  }
}

const figures = Object.values(results).flat();
if (chosen.length > 1) console.log(`\nAll of it\n\n${overview(figures).join('\n')}`);
const short = figures.filter((figure) => holds(figure) === false).length;
const asked = figures.filter(({ target }) => target !== undefined).length;
const run: Run = { at, machine: findMachine(tools), settings, notes: tools.notes, rows: results, missing };
console.log(`\n${asked - short} of ${asked} targets held. ${save(run)}`);
if (page !== undefined && settings.page !== undefined) {
  mkdirSync(dirname(settings.page), { recursive: true });
  writeFileSync(settings.page, fillPage(page, pageOf(run, chosen)));
  console.log(settings.page);
}
if (settings.check && short > 0) process.exitCode = 1;

/** A page as it is, or the one of the docs to begin with. */
function readPage(path: string): string {
  const docs = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));
  return readFileSync(existsSync(path) ? path : docs, 'utf8');
}
