// The benchmarks: each figure is a ratio against a baseline of the same run. `npm run bench -- --help`
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rows } from './rows/index.js';
import { type Figure, holds } from './runner/Figure.js';
import { findMachine } from './runner/machine.js';
import { overview } from './runner/overview.js';
import { fillPage, pageOf } from './runner/page.js';
import { findTools } from './runner/programs.js';
import { installPythonPeers } from './runner/pythonPeers.js';
import type { Bench, Row } from './runner/Row.js';
import type { Run } from './runner/Run.js';
import { save } from './runner/save.js';
import { parseSettings, usage } from './runner/settings.js';
import { table } from './runner/table.js';

const given = process.argv.slice(2);
if (given.includes('--help')) {
  console.log(`${usage}\nRows: ${rows.map(({ name }) => name).join(', ')}`);
  process.exit();
}

const settings = parseSettings(given);
const unknown = settings.only.filter((name) => !rows.some((row) => row.name === name));
if (unknown.length > 0) throw new Error(`no such row: ${unknown.join(', ')}`);
const chosen = rows.filter(({ name }) => settings.only.length === 0 || settings.only.includes(name));
/** For people; JSON has standard output for itself. */
const tell = settings.json ? console.error : console.log;

// a page that cannot be filled is told before the measuring, not after it
const page = settings.page === undefined ? undefined : readPage(settings.page);
if (page !== undefined) fillPage(page, []);

// an interrupt ends the run in its usual way: `exit` ends the peers
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const run = settings.from === undefined ? await measure() : readRun(settings.from);
const figures = Object.values(run.rows).flat();
if (Object.keys(run.rows).length > 1) tell(`\nAll of it\n\n${overview(figures).join('\n')}`);
const short = figures.filter((figure) => holds(figure) === false).length;
const asked = figures.filter(({ target }) => target !== undefined).length;
tell(`\n${asked - short} of ${asked} targets held. ${settings.from ?? save(run)}`);
if (page !== undefined && settings.page !== undefined) {
  mkdirSync(dirname(settings.page), { recursive: true });
  writeFileSync(settings.page, fillPage(page, pageOf(run, rows)));
  tell(settings.page);
}
if (settings.json) console.log(JSON.stringify(run, undefined, 2));
if (settings.check && short > 0) process.exitCode = 1;

async function measure(): Promise<Run> {
  const at = new Date().toISOString();
  if (settings.build) {
    tell('building dist ...');
    const built = spawnSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
    if (built.status !== 0) throw new Error('the build failed');
  }
  if (settings.python === undefined && chosen.some(({ python }) => python)) installPythonPeers();
  const tools = findTools(settings.python);
  for (const note of tools.notes) tell(note);
  const drivers = settings.drivers.filter((driver) => tools.drivers.includes(driver));
  if (drivers.length === 0) throw new Error(`no driver to measure: the built package has ${tools.drivers.join(', ')}`);
  const bench: Bench = {
    settings,
    tools,
    drivers,
    driver: drivers.includes('engine') ? 'engine' : drivers[0]!,
    sizes: (full, quick) => (settings.sizes.length > 0 ? settings.sizes : settings.quick ? quick : full),
    effort: (fullMs, contestants = 1) => {
      const budgetMs = fullMs * contestants;
      return settings.quick ? { generations: 1, budgetMs: budgetMs / 4 } : { generations: 3, budgetMs };
    },
  };

  const results: Record<string, readonly Figure[]> = {};
  const missing: Record<string, string> = {};
  for (const row of chosen) {
    const found = await measureRow(row, bench);
    if (typeof found === 'string') missing[row.name] = found;
    else results[row.name] = found;
  }
  return { at, machine: findMachine(tools), settings, notes: tools.notes, rows: results, missing };
}

/** Measures and shows one row; gives its figures, or why there are none. */
async function measureRow(row: Row, bench: Bench): Promise<readonly Figure[] | string> {
  const startedAt = performance.now();
  try {
    const found = await row.run(bench);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    tell(`\n${row.title} [${row.name}, ${seconds} s]\n`);
    tell(typeof found === 'string' ? `Left out: ${found}.` : table(found, process.stdout.columns).join('\n'));
    return found;
  } catch (error) {
    // the figures of the other rows are no worse for it
    tell(`\n${row.title} [${row.name}]\n\nFailed:`, error);
    process.exitCode = 1;
    return 'it failed in this run';
  }
}

function readRun(path: string): Run {
  return JSON.parse(readFileSync(path, 'utf8')) as Run;
}

/** A page as it is, or the one of the docs to begin with. */
function readPage(path: string): string {
  const docs = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));
  return readFileSync(existsSync(path) ? path : docs, 'utf8');
}
