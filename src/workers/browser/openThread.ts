import { UnsupportedError } from '../../errors.js';
import type { Thread, ThreadListener } from '../threads/Thread.js';
import type { ThreadSettings } from '../threads/ThreadSettings.js';
import type { FromWorker } from '../wire/messages.js';
import { type FromProgram, program, type WorkerStart } from './program.js';

/** The part of the `Worker` API of browsers that is used. */
interface PageWorker {
  onmessage: ((event: { readonly data: FromWorker | FromProgram }) => void) | null;
  onmessageerror: (() => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault(): void }) => void) | null;
  postMessage(message: unknown, moved: readonly ArrayBuffer[]): void;
  terminate(): void;
}

interface Page {
  readonly Worker?: new (url: string, options: { readonly type: 'module'; readonly name: string }) => PageWorker;
  readonly Blob: new (parts: readonly string[], options: { readonly type: string }) => object;
  readonly URL: { createObjectURL(blob: object): string };
}

/** The URL of the program: one for all workers of the page. */
let url: string | undefined;

/**
 * Starts a worker of a page.
 *
 * @throws DataCloneError if `settings` cannot be copied, UnsupportedError for options of Node, and where there are no workers
 */
export function openThread(given: ThreadSettings, listener: ThreadListener): Thread {
  const { stage, settings, name } = given;
  const { Worker, Blob, URL } = globalThis as unknown as Page;
  for (const option of ['resourceLimits', 'execArgv'] as const)
    if (given[option] !== undefined) throw new UnsupportedError(`offload: option '${option}' is for workers of Node`);
  if (Worker === undefined) throw new UnsupportedError('offload: there are no workers here; a page and Node have them');
  url ??= URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module', name });
  const died = (error?: Error): void => {
    worker.terminate();
    listener.died(error === undefined ? {} : { error });
  };
  worker.onmessage = ({ data }) => {
    if (data.kind === 'closed') died();
    else if (data.kind === 'crashed') died(Object.assign(new Error(data.error.message), { name: data.error.name }));
    else listener.message(data);
  };
  worker.onmessageerror = () => {
    listener.message({ kind: 'uncloneable', place: 'the result', reason: 'it cannot be read in the page' });
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const why = event.message ?? "a Content-Security-Policy must have worker-src 'self' blob:";
    died(new Error(`the worker did not start: ${why}`));
  };
  try {
    worker.postMessage({ stage, settings } satisfies WorkerStart, []);
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return {
    post: (message, moved) => worker.postMessage(message, moved),
    keepAlive: () => undefined, // a page ends with its workers
    terminate: () => worker.terminate(),
  };
}
