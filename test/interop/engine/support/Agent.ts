import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Inbox } from '../../harness/Inbox.js';

/** What such a program tells. */
interface Told {
  ready: { readonly version: string };
  bound: { readonly endpoint: string };
  message: { readonly parts: readonly string[] };
  large: { readonly size: number; readonly sha1: string };
  batch: { readonly messages: readonly (readonly string[])[] };
  happened: { readonly what: string };
  done: { readonly wrong: readonly unknown[] };
  sent: object;
  echoed: object;
  watching: object;
  closed: object;
}
type Event = { [K in keyof Told]: { readonly event: K } & Told[K] }[keyof Told];

type SocketOptions = Readonly<Record<string, string | number | boolean>>;

/** What it can be told to do. */
type Order = { readonly name: string } & (
  | {
      readonly do: 'open';
      readonly type: string;
      readonly options?: SocketOptions | undefined;
      readonly subscribe?: readonly string[] | undefined;
    }
  | { readonly do: 'bind' | 'connect'; readonly endpoint: string }
  | { readonly do: 'close' | 'receive_large' | 'collect' | 'serve' | 'monitor' }
  | { readonly do: 'send' | 'ask'; readonly messages: readonly (readonly string[])[] }
  | { readonly do: 'receive' | 'echo'; readonly count: number }
  | { readonly do: 'send_large'; readonly size: number }
  | { readonly do: 'number'; readonly prefix: string }
);
type OtherOrder =
  | {
      readonly do: 'many';
      readonly type: string;
      readonly count: number;
      readonly endpoint: string;
      readonly rounds: number;
    }
  | {
      readonly do: 'authenticate';
      readonly passwords?: Readonly<Record<string, string>>;
      readonly keys?: readonly string[];
    };

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const started = new Set<ChildProcessWithoutNullStreams>();

/** A Python program with libzmq's own sockets. Whoever starts it ends it. */
export class Agent {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #events = new Inbox<Event>();
  readonly #exited: Promise<unknown>;
  #stderr = '';

  constructor(python = '../../../../.venv/bin/python', program = '../peers/agent.py') {
    this.#process = spawn(here(python), ['-u', here(program)], {
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    });
    started.add(this.#process);
    this.#exited = once(this.#process, 'close').catch(() => undefined); // it could not be started: `next` tells
    this.#process.stdin.on('error', () => undefined); // it is gone: the same
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    const lines = createInterface(this.#process.stdout);
    lines.on('line', (text) => this.#events.put(JSON.parse(text) as Event));
    this.#process.on('error', (error) => this.#events.end(error));
    this.#process.on('close', (code, signal) =>
      this.#events.end(new Error(`the agent ended with ${signal ?? code}\n${this.#stderr}`)),
    );
  }

  /** Those that still run, by process id. */
  static running(): number[] {
    return [...started].flatMap(({ pid, exitCode, signalCode }) =>
      pid !== undefined && exitCode === null && signalCode === null ? [pid] : [],
    );
  }

  /** Tells it to do things, one after the other. */
  tell(...orders: readonly (Order | OtherOrder)[]): void {
    for (const order of orders) this.#process.stdin.write(`${JSON.stringify(order)}\n`);
  }

  /** The next event of a kind. Rejects when the program ends without it. */
  next<K extends keyof Told>(kind: K): Promise<Told[K]> {
    return this.#events.take(({ event }) => event === kind) as Promise<Told[K] & Event>;
  }

  /** Has it bind, and gives where. */
  async bind(name: string, endpoint: string): Promise<string> {
    this.tell({ do: 'bind', name, endpoint });
    return (await this.next('bound')).endpoint;
  }

  /** The parts of the next messages. */
  async messages(name: string, count: number): Promise<(readonly string[])[]> {
    this.tell({ do: 'receive', name, count });
    return this.replies(count);
  }

  async replies(count: number): Promise<(readonly string[])[]> {
    const messages: (readonly string[])[] = [];
    while (messages.length < count) messages.push((await this.next('message')).parts);
    return messages;
  }

  /** Waits for that event of a monitored socket. */
  async happens(what: string): Promise<void> {
    while ((await this.next('happened')).what !== what);
  }

  /** SIGSTOP: it goes silent, though its connections stay. */
  freeze(): void {
    this.#process.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process.kill('SIGCONT');
  }

  /** Ends it at once, without a goodbye, and waits until it is gone. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exited;
  }
}
