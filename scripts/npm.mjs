import { execFileSync } from 'node:child_process';

/** Runs npm and returns what it printed. Inside `npm run`, that is the same npm; its own settings stay behind. */
export function npm(args, options) {
  // `npm run` hands its settings to children as variables, among them the project's folder.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(config|package)_/i.test(name)));
  const cli = process.env.npm_execpath;
  const [file, first] = cli ? [process.execPath, [cli]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  return execFileSync(file, [...first, ...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
    env: { ...env, ...options?.env },
  });
}
