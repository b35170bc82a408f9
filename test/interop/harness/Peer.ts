import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { Inbox } from './Inbox.js';

/** A frame as a Python peer saw it. */
export interface SeenFrame {
  readonly header: {
    readonly sample_rate: number;
    readonly center_freq: number;
    readonly sample_type: number;
    readonly timestamp_ns: string;
    readonly sequence: number;
    readonly num_samples: number;
    readonly protocol: number;
    readonly stream_id: number;
    /** Only the C library tells these. */
    readonly version?: number;
    readonly flags?: number;
  };
  readonly dtype: string;
  readonly shape: readonly number[];
  /** All bytes, in base64. */
  readonly samples: string;
  /** Whether Python found the values equal to its own pattern with the sequence number as seed. */
  readonly matches: boolean;
  /** `cf128`: the samples as Python rounds them to doubles, in base64. */
  readonly float64: string | null;
}

/** What a peer tells. `line`: what it printed for people. */
export interface Events {
  bound: { readonly endpoint: string };
  ready: object;
  frame: SeenFrame;
  request: SeenFrame;
  replied: object;
  reply: SeenFrame;
  rawRequest: { readonly bytes: string };
  rawReply: { readonly bytes: string };
  sent: { readonly seed: number; readonly before: string; readonly after: string };
  line: { readonly text: string };
}
type Event = { [K in keyof Events]: { readonly event: K } & Events[K] }[keyof Events];

/** What a peer is told to send. Its samples are `pattern(type, seed, numSamples)`. */
export interface FrameOrder {
  readonly seed: number;
  readonly numSamples: number;
  readonly sampleRate: number;
  readonly centerFreq: number;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const started = new Set<ChildProcessWithoutNullStreams>();

/** A Python program with a live socket of another make. It ends with the test that started it. */
export class Peer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #events = new Inbox<Event>();
  readonly #exited: Promise<unknown>;
  #stderr = '';

  private constructor(program: string, args: readonly string[]) {
    this.#process = spawn(here('../../../.venv/bin/python'), ['-u', here(`../peers/${program}.py`), ...args], {
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    });
    started.add(this.#process);
    this.#exited = once(this.#process, 'close');
    this.#exited.catch(() => undefined); // it could not be started: whoever waits for an event is told
    this.#process.stdin.on('error', () => undefined); // it is gone: the same
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    const lines = createInterface(this.#process.stdout);
    lines.on('line', (text) => this.#events.put(text.startsWith('{') ? JSON.parse(text) : { event: 'line', text }));
    this.#process.on('error', (error) => this.#events.end(error));
    this.#process.on('close', (code, signal) =>
      this.#events.end(new Error(`${program} ended with ${signal ?? code}\n${this.#stderr}`)),
    );
  }

  static start(program: string, ...args: readonly string[]): Peer {
    const peer = new Peer(program, args);
    onTestFinished(() => peer.kill());
    return peer;
  }

  /** The next event of a kind. Rejects when the peer ends without it. */
  async next<K extends keyof Events>(kind: K): Promise<Events[K]> {
    // The event of a kind has its facts: TypeScript cannot follow that through a type parameter.
    return this.#events.take(({ event }) => event === kind) as Promise<Events[K] & Event>;
  }

  async take<K extends keyof Events>(count: number, kind: K): Promise<Events[K][]> {
    const taken: Events[K][] = [];
    while (taken.length < count) taken.push(await this.next(kind));
    return taken;
  }

  /** Where it is bound. */
  async bound(): Promise<string> {
    return (await this.next('bound')).endpoint;
  }

  order(order: FrameOrder | { readonly bytes: string } | { readonly go: true }): void {
    this.#process.stdin.write(`${JSON.stringify(order)}\n`);
  }

  /** Ends it at once, without a goodbye, and waits until it is gone. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exited.catch(() => undefined);
  }
}

/** The peers that still run, by process id. */
export function running(): number[] {
  return [...started].flatMap(({ pid }) => (pid !== undefined && isAlive(pid) ? [pid] : []));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
