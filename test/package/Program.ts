import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program that runs beside a test: what it prints, line by line, and its end. */
export class Program {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #ended: Promise<number | null>;
  #errors = '';

  constructor(cwd: string, file: string, ...args: string[]) {
    this.#child = spawn(file, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
    this.#ended = new Promise((resolve, reject) => this.#child.on('error', reject).on('close', resolve));
  }

  /** Its next line. If there is none, what it has said on standard error is thrown. */
  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`it ended with ${await this.#ended}: ${this.#errors}`);
    return value;
  }

  /** Its remaining lines and errors, and its exit code, once it has ended. */
  async end(): Promise<{ output: string; status: number | null }> {
    let output = '';
    for (let next = await this.#lines.next(); next.done !== true; next = await this.#lines.next())
      output += `${next.value}\n`;
    const status = await this.#ended;
    return { output: output + this.#errors, status };
  }

  /** Ends it, if it still runs. */
  stop(): void {
    this.#child.kill('SIGKILL');
  }
}
