// What the peers that measure a page share: its script, the browser that opens it, and the processes of that browser.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The script of a page, bundled. */
export async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    tsconfigRaw: {}, // rxzmq is the built package
    target: 'es2022',
    logLevel: 'error',
  });
  return Buffer.from(outputFiles[0].contents);
}

/** Starts a browser at a page, with a profile that is gone after `close`. */
export function openBrowser(browser, url, options = []) {
  const profile = mkdtempSync(join(tmpdir(), 'rxzmq-bench-'));
  const chromium = ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--no-first-run', ...options];
  const args = /firefox/.test(browser)
    ? ['--headless', '--profile', profile, url]
    : [...chromium, `--user-data-dir=${profile}`, url];
  const child = spawn(browser, args, { stdio: 'ignore', detached: true });
  return {
    pid: child.pid,
    async close() {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      process.kill(-child.pid, 'SIGKILL');
      await exited;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Calls back with each process of a group, and the fields of its `stat` from the state on. */
export function eachProcess(group, look) {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      if (Number(stat[2]) === group) look(pid, stat);
    } catch {
      // it has ended
    }
  }
}
