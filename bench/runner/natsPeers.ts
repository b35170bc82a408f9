import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findServers, python } from '../../test/interop/nats/place.mjs';
import type { Opener } from './interleave.js';
import { type LinkSettings, measureLink, type Rate, type Round } from './Link.js';
import { Peer, type Program } from './Peer.js';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Whether doppler and a server are here. */
const isHere = (): boolean => existsSync(python) && findServers().length > 0;

/** A peer in JavaScript, of `bench/peers/nats`. */
export function natsNode(name: string, ...args: readonly (string | number)[]): Program {
  return { command: process.execPath, args: [path(`../peers/nats/${name}.mjs`), ...args] };
}

/** A role of doppler; those that receive need a round. */
export function natsDoppler(role: string, payloadBytes: number, endpoint: string, round?: Round): Program {
  const { warmUp = 0, count = 0 } = round ?? {};
  return {
    command: python,
    args: ['-u', path('../peers/nats/natsDoppler.py'), role, payloadBytes, warmUp, count, endpoint],
  };
}

/** Both ends of a stream of frames, made with their endpoint, which no one binds. */
export interface NatsLink extends Round, Pick<LinkSettings, 'payloadBytes'> {
  readonly sender: (endpoint: string) => Program;
  readonly receiver: (endpoint: string, round: Round) => Program;
}

/** A server of NATS for one row, on a free port, with a store of its own. */
export class NatsServer {
  readonly #port: number;
  readonly #directory: string;
  readonly #process: ChildProcess;
  readonly #killed = (): void => void this.#process.kill('SIGKILL');
  #bases = 0;

  private constructor(port: number, directory: string, process_: ChildProcess) {
    this.#port = port;
    this.#directory = directory;
    this.#process = process_;
    process.once('exit', this.#killed);
  }

  /** Installs what is missing first. Gives why there is none, if there is none. */
  static async start(): Promise<NatsServer | string> {
    if (!isHere()) {
      console.error('installing doppler over NATS and a server ...');
      const setup = path('../../test/interop/nats/setup.mjs');
      spawnSync(process.execPath, [setup], { stdio: ['ignore', 'ignore', 'inherit'] });
    }
    const newest = findServers().at(-1);
    if (!isHere() || newest === undefined) {
      return "there is no nats-server or no doppler for it: 'node test/interop/nats/setup.mjs' installs both";
    }
    const directory = mkdtempSync(join(tmpdir(), 'rxzmq-bench-nats-'));
    const port = await freePort();
    const config = join(directory, 'server.conf');
    // a subscriber that is slower than its publisher for a while is not cut off
    const lines = [
      `host: 127.0.0.1`,
      `port: ${port}`,
      `max_pending: 1GB`,
      `jetstream { store_dir: "${directory}/store" }`,
    ];
    writeFileSync(config, `${lines.join('\n')}\n`);
    const server = new NatsServer(port, directory, spawn(newest.path, ['-c', config], { stdio: 'ignore' }));
    while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 20));
    return server;
  }

  /** A base that no other contestant has. */
  endpoint(): string {
    this.#bases += 1;
    return `nats://127.0.0.1:${this.#port}/bench${this.#bases}`;
  }

  /** Two processes and the server between them, timed by the receiver. */
  link({ sender, receiver, ...round }: NatsLink): Opener<Rate> {
    return async () => {
      const endpoint = this.endpoint();
      const to = Peer.start(receiver(endpoint, round));
      let from: Peer | undefined;
      const close = async (): Promise<void> => {
        await from?.stop();
        await to.stop();
      };
      try {
        await to.next('ready');
        const started = (from = Peer.start(sender(endpoint)));
        await started.next('ready');
        return { measure: () => measureLink(started, to, round), close };
      } catch (error) {
        await close();
        throw error;
      }
    };
  }

  async close(): Promise<void> {
    process.off('exit', this.#killed);
    this.#process.kill('SIGTERM');
    if (this.#process.exitCode === null && this.#process.signalCode === null) await once(this.#process, 'exit');
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number): Promise<boolean> {
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

/** Runs something with a server of its own; gives why it cannot, if there is none. */
export async function withServer<T>(measure: (server: NatsServer) => Promise<T>): Promise<T | string> {
  const server = await NatsServer.start();
  if (typeof server === 'string') return server;
  try {
    return await measure(server);
  } finally {
    await server.close();
  }
}
