import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { firstValueFrom, of, toArray } from 'rxjs';
import { expect, it, onTestFinished } from 'vitest';
import { json } from '../../src/codecs/json.js';
import { pacedMap } from '../../src/operators/pacedMap.js';
import { toPush } from '../../src/sinks/toPush.js';
import { fromIterable } from '../../src/sources/fromIterable.js';
import { until } from './support/serving.js';

const program = fileURLToPath(new URL('./programs/pulling.ts', import.meta.url));
/** How many arrive between two ends. */
const EACH = 500;

/** A gateway in a process of its own, which pulls at `/up` and tells each number it gets. */
class PullingGateway {
  port = 0;
  readonly #process: ChildProcess;
  readonly #exited: Promise<unknown>;

  constructor(port: number, got: number[]) {
    this.#process = spawn(process.execPath, ['--import', 'tsx', program, String(port)]);
    this.#exited = once(this.#process, 'close');
    createInterface(this.#process.stdout!).on('line', (line) => {
      if (line.startsWith('at ')) this.port = Number(line.slice(3));
      else got.push(Number(line));
    });
    onTestFinished(() => this.end('SIGKILL'));
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    this.#process.kill(signal);
    await this.#exited;
  }
}

it.each(['SIGTERM', 'SIGKILL'] as const)(
  'a gateway that is ended by %s, three times under load',
  async (signal) => {
    const got: number[] = [];
    let isOver = false;
    const numbers = function* (): Generator<number> {
      for (let n = 0; !isOver; n += 1) yield n;
    };
    const arrive = async (): Promise<void> => {
      const before = got.length;
      await until(() => got.length >= before + EACH);
    };
    let gateway = new PullingGateway(0, got);
    await until(() => gateway.port > 0);
    const { port } = gateway;
    const sent = firstValueFrom(
      fromIterable(numbers()).pipe(
        pacedMap((n) => (n % 10 === 0 ? wait(1, n) : of(n)), { concurrency: 4 }),
        toPush(`ws://127.0.0.1:${port}/up`, {
          codec: json<number>(),
          bind: false,
          reconnect: { initialMs: 10, maxMs: 50 },
        }),
        toArray(),
      ),
    );
    for (let ended = 0; ended < 3; ended += 1) {
      await arrive();
      await gateway.end(signal);
      gateway = new PullingGateway(port, got);
    }
    await arrive();
    isOver = true;
    const all = await sent;
    await gateway.end('SIGTERM');

    expect(new Set(got).size).toBe(got.length); // none twice
    if (signal === 'SIGTERM') expect(got.sort((a, b) => a - b)).toEqual(all);
    else console.log(`${all.length - got.length} of ${all.length} were lost with three processes that were killed`);
  },
  120_000,
);

function wait<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), ms));
}
