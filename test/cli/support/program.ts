import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const cache = join(root, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
/** A folder like that of the package: packages are found from there. */
const folder = mkdtempSync(join(cache, 'rxzmq-cli-'));
/** The command line, in a folder from where all packages are found. */
export const builtFile = join(folder, 'dist/cli.js');

copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
await build({
  entryPoints: [join(root, 'src/cli/main.ts')],
  absWorkingDir: root,
  outfile: builtFile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  tsconfigRaw: {},
  alias: { '#platform': join(root, 'src/platform/node.ts') },
  external: ['rxjs', 'zeromq', 'ws', 'tar', '@nats-io/*', '@noble/*'],
  banner: {
    js: "import { createRequire as requireOfNode } from 'node:module'; const require = requireOfNode(import.meta.url);",
  },
  logLevel: 'error',
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How a run is started. */
export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** What it reads; left out: nothing. */
  readonly input?: string | Uint8Array;
  readonly stdio?: StdioOptions;
  /** Before `node`, such as a shell's `ulimit`. */
  readonly shell?: string;
  /** Stands in for the folder of the packages. */
  readonly file?: string;
}

/** How a run ended. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A run of the command line, without a terminal. */
export class CliRun {
  readonly child: ChildProcess;
  readonly ended: Promise<End>;
  #out = '';
  #err = '';
  readonly #looks = new Set<() => void>();

  constructor(args: readonly string[], { env = {}, cwd, input, stdio, shell, file = builtFile }: RunOptions = {}) {
    const words = [process.execPath, file, ...args];
    const clean = {
      ...process.env,
      npm_lifecycle_event: undefined,
      NO_COLOR: undefined,
      FORCE_COLOR: undefined,
      ...env,
    };
    const options = { env: clean, stdio: stdio ?? 'pipe', ...(cwd !== undefined && { cwd }) } as const;
    const [command, ...rest] =
      shell === undefined ? words : ['bash', '-c', shell.replace('RXZMQ', words.map((word) => `'${word}'`).join(' '))];
    this.child = spawn(command!, rest, options);
    this.child.stdout?.on('data', (chunk: Buffer) => this.#add(chunk, 'out'));
    this.child.stderr?.on('data', (chunk: Buffer) => this.#add(chunk, 'err'));
    this.child.stdin?.on('error', () => undefined);
    if (input !== undefined) (this.child.stdin as Writable).end(input);
    else if (stdio === undefined) this.child.stdin?.end();
    this.ended = once(this.child, 'close').then(([code, signal]) => {
      const end = { code: code as number | null, signal: signal as NodeJS.Signals | null };
      for (const look of this.#looks) look();
      return end;
    });
  }

  get out(): string {
    return this.#out;
  }

  get err(): string {
    return this.#err;
  }

  get stdout(): Readable {
    return this.child.stdout!;
  }

  get stdin(): Writable {
    return this.child.stdin!;
  }

  /** Resolves once either output matches. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    let over = false;
    void this.ended.then(() => (over = true));
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(this.#out) ?? pattern.exec(this.#err);
        if (!found && !over) return;
        this.#looks.delete(look);
        if (found) resolve(found);
        else reject(new Error(`ended without saying ${String(pattern)}:\n${this.#out}\n${this.#err}`));
      };
      this.#looks.add(look);
      void this.ended.then(look);
      look();
    });
  }

  #add(chunk: Buffer, where: 'out' | 'err'): void {
    if (where === 'out') this.#out += chunk.toString();
    else this.#err += chunk.toString();
    for (const look of [...this.#looks]) look();
  }
}

/** Starts the command line for a test, which it does not outlive. */
export function start(args: readonly string[], options?: RunOptions): CliRun {
  const run = new CliRun(args, options);
  onTestFinished(async () => {
    if (run.child.exitCode === null && run.child.signalCode === null) run.child.kill('SIGKILL');
    await run.ended;
  });
  return run;
}

/** Runs the command line to its end. */
export async function rxzmq(args: readonly string[], options?: RunOptions): Promise<CliRun & End> {
  const run = start(args, options);
  const end = await run.ended;
  return Object.assign(run, end);
}
