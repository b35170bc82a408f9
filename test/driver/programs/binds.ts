// A thread that binds an inproc name, for a test of another thread.
import { parentPort } from 'node:worker_threads';
import { NEVER } from 'rxjs';
import { toPush } from '../../../src/index.js';

NEVER.pipe(
  toPush('inproc://watch-threads', { status: ({ kind }) => kind === 'listening' && parentPort?.postMessage(kind) }),
).subscribe();
parentPort?.on('message', () => undefined); // a bound name does not keep a thread alive
