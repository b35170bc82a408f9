import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program of `bench/peers`, and what it is started with. */
export interface Program {
  readonly command: string;
  readonly args: readonly (string | number)[];
}

/** A program, made with what it is told. */
export type MakeProgram = (...args: (string | number)[]) => Program;

/** What peers tell, a line of JSON each. */
export interface Events {
  bound: { readonly endpoints: readonly string[] };
  ready: object;
  sent: { readonly count: number };
  received: { readonly count: number; readonly ms: number; readonly payloadBytes: number };
  answered: { readonly count: number; readonly ms: number; readonly roundTripUs: number };
  gap: { readonly longestMs: number; readonly count: number; readonly ms: number };
  cpu: { readonly us: number };
  memory: { readonly seen: number; readonly bytes: number };
}
type Event = { [K in keyof Events]: { readonly event: K } & Events[K] }[keyof Events];

/** How long a peer may take for anything, in ms. */
const PATIENCE_MS = 20_000;

const running = new Set<ChildProcessWithoutNullStreams>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A process that sends, receives or answers while another one does the rest. */
export class Peer {
  readonly #name: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #exited: Promise<unknown>;
  readonly #events: Event[] = [];
  #stderr = '';
  #gone = false;
  #wake: () => void = () => undefined;

  private constructor({ command, args }: Program) {
    this.#name = [command, ...args].join(' ');
    const child = spawn(command, args.map(String), { env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });
    this.#child = child;
    running.add(child);
    this.#exited = once(child, 'close').catch(() => undefined);
    child.stdin.on('error', () => undefined); // it is gone, which whoever waits for an event is told
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    createInterface(child.stdout).on('line', (line) => {
      this.#events.push(JSON.parse(line) as Event);
      this.#wake();
    });
    const end = (): void => {
      this.#gone = true;
      running.delete(child);
      this.#wake();
    };
    child.on('error', end).on('close', end);
  }

  static start(program: Program): Peer {
    return new Peer(program);
  }

  /** Gives it a number to work on. */
  order(count: number): void {
    this.#child.stdin.write(`${count}\n`);
  }

  /** The processor time of all its threads so far, in us. What it told before is dropped. */
  async cpuUs(): Promise<number> {
    this.#child.stdin.write('cpu\n');
    return (await this.next('cpu')).us;
  }

  /** The next event of a kind; others before it are dropped. */
  async next<K extends keyof Events>(kind: K): Promise<Events[K]> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const event = this.#events.shift();
      if (event?.event === kind) return event as Event & Events[K];
      if (event) continue;
      if (this.#gone) throw new Error(`${this.#name} ended before it told '${kind}'\n${this.#stderr}`);
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`${this.#name} did not tell '${kind}' within ${PATIENCE_MS} ms\n${this.#stderr}`);
      await this.#eventWithin(left);
    }
  }

  /** Ends it at once and waits until it is gone. */
  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  #eventWithin(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
