import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { Inbox } from '../harness/Inbox.js';

/** What such a program is to be. */
interface Being {
  readonly type: 'PUSH' | 'PULL';
  /** Where it connects; it binds otherwise. */
  readonly connect?: string;
  /** By pyzmq's names. */
  readonly options: Readonly<Record<string, string | number>>;
  /** It asks an authenticator about its peers, who may come in by these. */
  readonly asks?: boolean;
  readonly passwords?: Readonly<Record<string, string>>;
  readonly keys?: readonly string[];
  readonly deny?: readonly string[];
}

interface Told {
  readonly event: 'bound' | 'happened' | 'sent' | 'message';
  readonly endpoint?: string;
  readonly what?: string;
  readonly text?: string;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A Python program with one of libzmq's sockets. It ends with the test that started it. */
export class SecurePeer {
  readonly #events = new Inbox<Told>();
  /** What has happened to its connections. */
  readonly happened: string[] = [];

  constructor(being: Being) {
    const child = spawn(here('../../../.venv/bin/python'), ['-u', here('./peers/secure.py'), JSON.stringify(being)], {
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    createInterface(child.stdout).on('line', (line) => this.#hear(JSON.parse(line) as Told));
    child.on('error', (error) => this.#events.end(error));
    child.on('close', (code, signal) => this.#events.end(new Error(`it ended with ${signal ?? code}\n${complaints}`)));
    onTestFinished(() => kill(child));
  }

  /** Where it is bound. */
  async endpoint(): Promise<string> {
    return (await this.#events.take(({ event }) => event === 'bound')).endpoint!;
  }

  async message(): Promise<string> {
    return (await this.#events.take(({ event }) => event === 'message')).text!;
  }

  /** Waits for an event of its monitor, and gives its name. */
  async happens(pattern: RegExp): Promise<string> {
    return (await this.#events.take(({ what }) => what !== undefined && pattern.test(what))).what!;
  }

  #hear(told: Told): void {
    if (told.what !== undefined) this.happened.push(told.what);
    this.#events.put(told);
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
}
