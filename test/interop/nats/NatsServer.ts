import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from '../../helpers/freePort.js';

export interface ServerOptions {
  /** The program. */
  readonly path: string;
  /** What stands in its configuration besides. */
  readonly config?: string;
  /** What stands in the configuration of JetStream besides. */
  readonly jetstream?: string;
  /** Without JetStream. @default false */
  readonly plain?: boolean;
  /** The port, where it must be known before. @default a free one */
  readonly port?: number;
}

/** A server of NATS on a free port of loopback, with a store of its own. It ends with the test that started it. */
export class NatsServer {
  readonly port: number;
  readonly #monitor: number;
  readonly #path: string;
  readonly #directory: string;
  readonly #config: string;
  #process: ChildProcess | undefined;

  private constructor(
    { path, config = '', jetstream = '', plain = false }: ServerOptions,
    port: number,
    monitor: number,
  ) {
    this.#monitor = monitor;
    this.#path = path;
    this.port = port;
    this.#directory = mkdtempSync(join(tmpdir(), 'rxzmq-nats-'));
    this.#config = join(this.#directory, 'server.conf');
    const store = plain ? '' : `jetstream { store_dir: "${join(this.#directory, 'store')}"\n${jetstream} }`;
    writeFileSync(this.#config, `host: 127.0.0.1\nport: ${port}\nhttp: 127.0.0.1:${monitor}\n${store}\n${config}\n`);
  }

  static async start(options: ServerOptions): Promise<NatsServer> {
    const server = new NatsServer(options, options.port ?? (await freePort()), await freePort());
    onTestFinished(() => server.#gone());
    await server.start();
    return server;
  }

  /** An endpoint of it. */
  at(base: string, credentials = ''): string {
    return `nats://${credentials}127.0.0.1:${this.port}/${base}`;
  }

  /** Waits until so many have subscribed to a subject: a client says that it has before the server knows. */
  async subscribed(subject: string, count = 1): Promise<void> {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${this.#monitor}/subsz?subs=1&test=${subject}`);
      const { subscriptions_list: list } = (await answer.json()) as { subscriptions_list?: unknown[] | null };
      if ((list?.length ?? 0) >= count) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Starts it, for the first time or again with what it has stored. */
  async start(): Promise<void> {
    this.#process = spawn(this.#path, ['-c', this.#config], { stdio: 'ignore' });
    while (!(await isListening(this.port))) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Ends it at once, without a good-bye. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async #gone(): Promise<void> {
    await this.kill();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'data'); // its first line
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
