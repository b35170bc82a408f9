import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { type Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A run of the demo without a terminal. */
export interface Run {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** What it has written so far. */
  readonly output: () => string;
  /** Resolves once the output matches. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** Resolves when it has ended and nobody holds its output any more, no process that it started either. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Starts the demo as `npm run demo -- ...` does; with a shell in between it is the shell that gets the signals. */
export function startDemo(args: readonly string[], env: NodeJS.ProcessEnv = {}, shell = false): Run {
  const node = ['--import', 'tsx', 'examples/demo/main.ts', ...args];
  const command = [process.execPath, ...node].map((word) => `'${word}'`).join(' ');
  // `wait` keeps the shell there beside the demo, as it is when npm runs a script.
  const child = spawn(shell ? 'sh' : process.execPath, shell ? ['-c', `${command} & wait`] : node, {
    cwd: root,
    env: { ...process.env, npm_lifecycle_event: undefined, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));

  return {
    child,
    output: () => output,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(output);
          if (!found) return;
          child.stdout.off('data', look);
          child.stderr.off('data', look);
          resolve(found);
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        void ended.then(() => reject(new Error(`ended without saying ${String(pattern)}:\n${output}`)));
        look();
      }),
  };
}
