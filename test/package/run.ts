import { spawnSync } from 'node:child_process';

/** What a program printed, both streams, and how it ended. Its variables are those of a plain shell. */
export function run(cwd: string, ...args: string[]): { output: string; status: number | null } {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|vitest|node_options|node_env)/i.test(name)),
  );
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 250_000,
  });
  return { output: `${stdout}${stderr}`, status };
}
