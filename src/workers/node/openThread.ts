import { Worker } from 'node:worker_threads';
import type { FromWorker } from '../wire/messages.js';
import type { Death, Thread, ThreadListener } from '../threads/Thread.js';
import type { ThreadSettings } from '../threads/ThreadSettings.js';
import { program, type WorkerData } from './program.js';
import { typescriptLoader } from './typescriptLoader.js';

/**
 * Starts a Node thread.
 *
 * @throws DataCloneError if `settings` cannot be copied
 */
export function openThread(given: ThreadSettings, listener: ThreadListener): Thread {
  const { stage, settings, name, resourceLimits, execArgv } = given;
  const worker = new Worker(program, {
    eval: true,
    name,
    workerData: { stage, settings, typescript: typescriptLoader(execArgv ?? process.execArgv) } satisfies WorkerData,
    ...(resourceLimits && { resourceLimits }),
    ...(execArgv && { execArgv: [...execArgv] }),
  });
  let death: Death = {};
  worker.on('message', (message: FromWorker) => listener.message(message));
  worker.on('messageerror', (error) => {
    listener.message({ kind: 'uncloneable', place: 'the result', reason: error.message });
  });
  worker.on('error', (error) => (death = { error }));
  worker.on('exit', (exitCode) => listener.died({ ...death, exitCode }));
  return {
    post: (message, moved) => worker.postMessage(message, moved as ArrayBuffer[]),
    keepAlive: (does) => (does ? worker.ref() : worker.unref()),
    terminate: () => {
      worker.terminate().catch(() => undefined); // the thread ends in any case
    },
  };
}
