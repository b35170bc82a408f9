// Opens a socket in worker threads that end in all the ways they can, and writes what each heard of it, as JSON.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { openSocket } from '../../../src/sockets/openSocket.js';

/** A worker thread does not inherit the loader of TypeScript. */
const START = `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(import.meta.url)})));`;

const ways = ['throw', 'exit', 'terminate'] as const;

interface Job {
  readonly driver: 'engine' | 'native';
  readonly way: (typeof ways)[number];
}

if (isMainThread) await begin(process.argv[2] as Job['driver']);
else await work(workerData as Job);

async function begin(driver: Job['driver']): Promise<void> {
  const heard: unknown[] = [];
  for (const way of ways) {
    const worker = new Worker(START, { eval: true, workerData: { driver, way } satisfies Job });
    const told = new Promise((resolve) => worker.once('message', resolve)); // its error may come first
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.on('error', () => undefined); // its own
    const opened = await told;
    if (way === 'terminate') await worker.terminate();
    await ended;
    heard.push([way, opened]);
  }
  process.stdout.write(JSON.stringify(heard));
}

async function work({ driver, way }: Job): Promise<void> {
  const pull = openSocket('pull', { driver });
  pull.messages.subscribe({ error: () => undefined });
  const opened = await pull.bind('tcp://127.0.0.1:*').opened.then(
    () => 'open',
    (error: unknown) => {
      const { code, message } = error as Error & { code: string };
      return `${code} ${message}`;
    },
  );
  parentPort!.postMessage(opened);
  if (way === 'throw') throw new Error('of the user');
  if (way === 'exit') process.exit(3);
  setInterval(() => undefined, 1000);
}
