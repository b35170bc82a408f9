import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Described, DescribedTag } from '../../gnuradio/fixtures.js';
import { Inbox } from '../harness/Inbox.js';
import { python, pythonPath } from './place.mjs';

/** Which block a flowgraph has, and what it does with it. */
export interface Order {
  readonly block: string;
  readonly endpoint: string;
  /** A stream block: what its items are. */
  readonly itemType?: 'complex' | 'float' | 'int' | 'short' | 'byte';
  readonly vlen?: number;
  readonly passTags?: boolean;
  readonly key?: string;
  /** How many items it sends, or receives before it tells of them. */
  readonly items?: number;
  /** A sink: sends them again and again, so many a second. */
  readonly rate?: number;
  /** A sink: messages that may wait for a peer. */
  readonly highWaterMark?: number;
  /** A sink: after how many items it tells that it has passed them. */
  readonly tellsAt?: number;
  /** A sink: the most items of one message. */
  readonly maxItems?: number;
  readonly tags?: readonly DescribedTag[];
  /** A message block. */
  readonly bind?: boolean;
  readonly messages?: readonly Described[];
  /** A message sink: sends them again and again. */
  readonly repeats?: boolean;
  /** Whether it begins when it is told to. */
  readonly waits?: boolean;
}

interface Events {
  bound: { readonly endpoint: string };
  started: object;
  passed: object;
  /** What a source got: items in base64. */
  received: { readonly items: string; readonly tags: readonly DescribedTag[] };
  message: { readonly pmt: Described; readonly bytes: string };
}
type Event = { [K in keyof Events]: { readonly event: K } & Events[K] }[keyof Events];

const environment = { ...process.env, PYTHONPATH: pythonPath, PYTHONDONTWRITEBYTECODE: '1' };
const program = fileURLToPath(new URL('./peers/flowgraph.py', import.meta.url));

/** Whether GNU Radio is here. The setup says so where it is not. */
export const hasGnuRadio =
  spawnSync(python, ['-c', 'from gnuradio import blocks, gr, zeromq'], { env: environment, stdio: 'ignore' }).status ===
  0;

/** A process of GNU Radio with one ZMQ block. It ends with the test that started it. */
export class Flowgraph {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #events = new Inbox<Event>();
  readonly #exited: Promise<unknown>;
  #stderr = '';

  private constructor(order: Order) {
    this.#process = spawn(python, ['-u', program, JSON.stringify(order)], { env: environment });
    this.#exited = once(this.#process, 'close');
    this.#exited.catch(() => undefined); // it could not be started: whoever waits for an event is told
    this.#process.stdin.on('error', () => undefined); // it is gone: the same
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    const lines = createInterface(this.#process.stdout);
    lines.on('line', (text) => {
      if (text.startsWith('{')) this.#events.put(JSON.parse(text) as Event); // GNU Radio prints other lines, too
    });
    this.#process.on('error', (error) => this.#events.end(error));
    this.#process.on('close', (code, signal) =>
      this.#events.end(new Error(`the flowgraph ended with ${signal ?? code}\n${this.#stderr}`)),
    );
  }

  static start(order: Order): Flowgraph {
    const flowgraph = new Flowgraph(order);
    onTestFinished(() => flowgraph.kill());
    return flowgraph;
  }

  /** What it has written to its standard error. */
  get complaints(): string {
    return this.#stderr;
  }

  async next<K extends keyof Events>(kind: K): Promise<Events[K]> {
    return this.#events.take(({ event }) => event === kind) as Promise<Events[K] & Event>;
  }

  /** Where it is bound. */
  async bound(): Promise<string> {
    return (await this.next('bound')).endpoint;
  }

  /** Has it begin. */
  go(): void {
    this.#process.stdin.write('\n');
  }

  /** Ends it at once, without a goodbye, and waits until it is gone. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exited.catch(() => undefined);
  }
}

/** The element values of `pattern` in peers/flowgraph.py: neither side copies the other's bytes. */
export function pattern(itemType: NonNullable<Order['itemType']>, first: number, count: number): number[] {
  const indices = Array.from({ length: count }, (_, i) => first + i);
  if (itemType === 'complex') return indices.flatMap((i) => [Math.fround(i + 0.5), Math.fround(0 - i / 4)]);
  if (itemType === 'float') return indices.map((i) => i / 2 - 1);
  return indices.map((i) => (i * 37) % 251);
}
