import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { Inbox } from '../harness/Inbox.js';
import { python } from './place.mjs';

export type Role = 'Publisher' | 'Subscriber' | 'Push' | 'Pull' | 'Requester' | 'Replier';

/** What the peer tells. */
export interface Told {
  readonly event: 'ready' | 'sent' | 'replied' | 'frame' | 'acked' | 'flushed' | 'end' | 'error';
  readonly sequence: number;
  readonly sample_rate: number;
  readonly center_freq: number;
  readonly num_samples: number;
  readonly flags: number;
  readonly dtype: string;
  readonly samples: readonly number[];
  /** Whether they are those of its own seed, which is the sequence. */
  readonly same: boolean;
  readonly kind: string;
  readonly text: string;
}

const program = fileURLToPath(new URL('./peer.py', import.meta.url));

/** One object of doppler 0.75 in a Python process of its own. It ends with the test that started it. */
export class DopplerPeer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #told = new Inbox<Told>();
  readonly #exited: Promise<unknown>;
  #stderr = '';

  private constructor(role: Role, endpoint: string, type: string, interpreter: string) {
    this.#process = spawn(interpreter, ['-u', program, role, endpoint, type], {
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    });
    this.#exited = once(this.#process, 'close');
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    this.#process.stdin.on('error', () => undefined);
    createInterface(this.#process.stdout).on('line', (line) => this.#told.put(JSON.parse(line)));
    this.#process.on('close', (code) =>
      this.#told.end(new Error(`doppler ${role} ended with ${code}\n${this.#stderr}`)),
    );
  }

  /** @param interpreter has another version of doppler */
  static async start(role: Role, endpoint: string, type = 'cf32', interpreter = python): Promise<DopplerPeer> {
    const peer = new DopplerPeer(role, endpoint, type, interpreter);
    onTestFinished(() => peer.kill());
    await peer.#told.take(() => true);
    return peer;
  }

  /** Has it do something, and gives what it tells of that. */
  async do(op: string, facts: object = {}): Promise<Told> {
    this.#process.stdin.write(`${JSON.stringify({ op, timeout: 10_000, ...facts })}\n`);
    return this.#told.take(() => true);
  }

  /** Ends it at once, without a good-bye. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exited;
  }
}

/** The samples that the peer makes of a seed: each type has the same numbers. */
export function numbersOf(seed: number, count: number): number[] {
  return Array.from({ length: 2 * count }, (_, i) => ((i * 7 + seed) % 100) - 50);
}
