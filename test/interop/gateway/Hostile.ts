import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { Inbox } from '../harness/Inbox.js';

const program = fileURLToPath(new URL('./hostile.py', import.meta.url));
const python = process.env['PYTHON'] ?? 'python3'; // nothing but its standard library is used

/** A client that speaks WebSocket by hand and means no good. It ends with the test. */
export class Hostile {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #told = new Inbox<Record<string, unknown>>();
  #stderr = '';

  constructor(port: number, scene: string, ...args: readonly number[]) {
    this.#process = spawn(python, ['-u', program, String(port), scene, ...args.map(String)]);
    const exited = once(this.#process, 'close');
    onTestFinished(async () => {
      this.#process.kill('SIGKILL');
      await exited;
    });
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    createInterface(this.#process.stdout).on('line', (line) => this.#told.put(JSON.parse(line)));
    this.#process.on('close', () => this.#told.end(new Error(`${scene} ended\n${this.#stderr}`)));
  }

  /** What it tells next. */
  next(): Promise<Record<string, unknown>> {
    return this.#told.take();
  }

  /** It stops waiting, and ends. */
  go(): void {
    this.#process.stdin.write('\n');
  }
}
