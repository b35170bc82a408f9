import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = readdirSync(`${root}examples`).filter((name) => name.endsWith('.ts'));

/** Runs an example as a user would: a process of its own, which has to end by itself. */
async function run(name: string): Promise<{ code: number | null; signal: string | null; stderr: string }> {
  // Plain variables: an example must not find itself in a test runner.
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^vitest|^node_env$/i.test(key)));
  const child = spawn(process.execPath, ['--import', 'tsx', `examples/${name}`], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 30_000, // then it gets SIGTERM, and the signal shows below
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stderr }));
  });
}

it.each(examples)('examples/%s runs, ends by itself and complains of nothing', { timeout: 40_000 }, async (name) => {
  expect(await run(name)).toEqual({ code: 0, signal: null, stderr: '' });
});

it('there are examples', () => {
  expect(examples).not.toEqual([]);
});
