import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program as a user would, with tsx: it has to end by itself. */
async function run(...args: readonly string[]): Promise<Ended> {
  // Plain variables: a program must not find itself in a test runner.
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^vitest|^node_env$/i.test(key)));
  return new Promise((resolve) => {
    execFile(process.execPath, [...args], { cwd: root, env, timeout: 240_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe.concurrent.each([
  ['node --import tsx', ['--import', 'tsx']],
  ['tsx', ['node_modules/tsx/dist/cli.mjs']],
])('with %s, a stage in TypeScript', { timeout: 240_000 }, (_, start) => {
  it('that has nothing to do lets the process end', async () => {
    expect(await run(...start, 'test/workers/programs/idle.ts')).toEqual({ code: 0, stdout: 'exit\n', stderr: '' });
  });

  it('that is at work keeps it until it is done', async () => {
    const ended = await run(...start, 'test/workers/programs/idle.ts', 'busy');
    expect(ended).toEqual({ code: 0, stdout: 'result 1\nexit\n', stderr: '' });
  });

  it('that cannot be loaded is told, though nothing else keeps the process', async () => {
    const ended = await run(...start, 'test/workers/programs/failing.ts');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/StageError: offload: .*throwsAtLoad\.ts cannot be loaded: not today/);
  });
});
