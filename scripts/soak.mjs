// What takes too long for each change: the examples and recipes against the built package, again and again, and the suite beside busy
// loops.
//
//   node scripts/soak.mjs [--times 20] [--loops 4] [--only examples|busy] [names of examples]
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { npm } from './npm.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '20' },
    loops: { type: 'string', default: '4' },
    only: { type: 'string' },
  },
});

/** An example that takes longer hangs: its own waits are below a second. */
const LONGEST_MS = 120_000;

/** Runs a program; resolves to how it ended and what it printed. */
function run(args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, killSignal: 'SIGKILL', ...options });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.on('close', (code, signal) => resolve({ code, signal, output }));
  });
}

/**
 * A folder in which the examples import the built package: without a tsconfig.json, whose paths lead to the sources, `rxzmq` is what
 * package.json says.
 */
function built() {
  npm(['run', 'build', '--silent'], { cwd: root });
  const folder = mkdtempSync(join(tmpdir(), 'rxzmq-soak-'));
  for (const name of ['package.json', 'examples']) cpSync(join(root, name), join(folder, name), { recursive: true });
  for (const name of ['dist', 'node_modules']) symlinkSync(join(root, name), join(folder, name));
  return folder;
}

/** Each example, so many times; returns how many runs failed. */
async function examples(times) {
  const folder = built();
  const names = readdirSync(join(folder, 'examples')).filter((name) => name.endsWith('.ts'));
  const wanted = positionals.length === 0 ? names : names.filter((name) => positionals.includes(name.slice(0, -3)));
  let failed = 0;
  try {
    for (const name of wanted) {
      const ends = new Map();
      for (let n = 0; n < times; n += 1) {
        const args = ['--import', 'tsx', `examples/${name}`];
        const { code, signal, output } = await run(args, { cwd: folder, timeout: LONGEST_MS });
        const end = code === 0 ? `ended well\n${output}` : `${signal ?? `code ${code}`}\n${output}`;
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }
      const good = [...ends].filter(([end]) => end.startsWith('ended well')).reduce((sum, [, count]) => sum + count, 0);
      console.log(`${name.padEnd(32)} ${good} of ${times}${ends.size > 1 ? `, ${ends.size} different ends` : ''}`);
      if (ends.size > 1 || good < times)
        for (const [end, count] of ends) console.log(`  ${count} times: ${end.trim()}`);
      failed += times - good;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return failed;
}

/** The suite, with that many loops that take all the time they get. */
async function beside(loops) {
  const busy = Array.from({ length: loops }, () => spawn(process.execPath, ['-e', 'for (;;);']));
  try {
    const { code, output } = await run(['node_modules/vitest/vitest.mjs', 'run']);
    console.log(output.split('\n').slice(-40).join('\n'));
    return code === 0 ? 0 : 1;
  } finally {
    for (const loop of busy) loop.kill('SIGKILL');
  }
}

let failed = 0;
if (values.only !== 'busy') failed += await examples(Number(values.times));
if (values.only !== 'examples') failed += await beside(Number(values.loops));
if (failed > 0) process.exitCode = 1;
