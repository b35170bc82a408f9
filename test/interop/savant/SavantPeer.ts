import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { Inbox } from '../harness/Inbox.js';

/** What such a program is to be. */
export interface Being {
  readonly role: 'reader' | 'writer';
  readonly url: string;
  /** reader: the topics that it lets through start with this. */
  readonly prefix?: string;
  /** reader: topics that it does not read. */
  readonly blacklist?: readonly string[];
}

/** What a writer is told to send. */
export interface Order {
  readonly payload: 'userData' | 'videoFrame' | 'endOfStream';
  readonly topic: string;
  readonly sourceId?: string;
  /** The length of its data. */
  readonly bytes?: number;
}

/** What a reader got. */
export interface Got {
  readonly kind: string;
  readonly topic: string;
  readonly payload?: string;
  readonly sourceId?: string;
  readonly size?: readonly number[];
  readonly pts?: number;
  readonly uuid?: string;
  readonly labels?: readonly string[];
  readonly objects?: readonly unknown[];
  /** Length and CRC-32 of each. */
  readonly data?: readonly (readonly [number, number])[];
  readonly hasRoutingId?: boolean;
}

type Told =
  | { readonly event: 'started'; readonly endpoint: string }
  | ({ readonly event: 'result' } & Got)
  | { readonly event: 'written'; readonly kind: string }
  | { readonly event: 'failed'; readonly reason: string };

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A Python program with a reader or writer of savant_rs. It ends with the test that started it. */
export class SavantPeer {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #events = new Inbox<Told>();

  private constructor(being: Being) {
    const args = ['-u', here('./peers/savant.py'), JSON.stringify(being)];
    this.#child = spawn(here('../../../.venv/bin/python'), args, {
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    });
    let complaints = '';
    this.#child.stdin.on('error', () => undefined); // it is gone: whoever waits for an event is told
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    createInterface(this.#child.stdout).on('line', (line) => this.#events.put(JSON.parse(line) as Told));
    this.#child.on('error', (error) => this.#events.end(error));
    this.#child.on('close', (code, signal) =>
      this.#events.end(new Error(`it ended with ${signal ?? code}\n${complaints}`)),
    );
    onTestFinished(() => this.kill());
  }

  /** Starts one, and gives it with its endpoint. */
  static async start(being: Being): Promise<[SavantPeer, string]> {
    const peer = new SavantPeer(being);
    const { endpoint } = await peer.#next('started');
    return [peer, endpoint];
  }

  /** The next result of a reader. */
  result(): Promise<Got> {
    return this.#next('result');
  }

  /** Sends something, and gives the kind of what became of it. */
  async write(order: Order): Promise<string> {
    this.#child.stdin.write(`${JSON.stringify(order)}\n`);
    return (await this.#next('written')).kind;
  }

  /** Why the next call of it failed. */
  async failed(): Promise<string> {
    return (await this.#next('failed')).reason;
  }

  /** Ends it at once, and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'close');
  }

  #next<E extends Told['event']>(event: E): Promise<Extract<Told, { readonly event: E }>> {
    return this.#events.take((told): told is Extract<Told, { readonly event: E }> => told.event === event);
  }
}
