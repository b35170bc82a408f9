import { isMainThread } from 'node:worker_threads';
import { NativeLoadError, UnsupportedError } from '../errors.js';

/** The zeromq package. */
export type ZeroMQ = typeof import('zeromq');

/** Sockets a process may have; each of ours takes three of libzmq's, whose own limit is 1023. */
const MAX_SOCKETS = 16_384;

const NOT_HERE =
  'the native driver works in the main thread only: zeromq.js ends the whole process when a worker thread ends with a socket ' +
  "of its open; driver: 'engine' works in every thread";

let loading: Promise<ZeroMQ> | undefined;

/**
 * Loads the zeromq package when it is first needed.
 *
 * @param endpoint whose socket needs it, for texts
 * @throws UnsupportedError in a worker thread: one that ends while it has a socket of zeromq.js ends the whole process, and of
 *   `terminate()` it does not hear before
 * @throws NativeLoadError where it is missing or was built for another platform
 */
export async function loadZeroMQ(endpoint: string): Promise<ZeroMQ> {
  if (!isMainThread) throw new UnsupportedError(`${endpoint}: ${NOT_HERE}`);
  return (loading ??= import(/* webpackIgnore: true */ 'zeromq').then(prepare, explain));
}

function prepare(loaded: ZeroMQ & { default?: ZeroMQ }): ZeroMQ {
  const zeromq = loaded.default ?? loaded;
  // Takes effect only before libzmq's first socket; a program that made one already has its own limit.
  zeromq.context.maxSockets = Math.max(zeromq.context.maxSockets, MAX_SOCKETS);
  return zeromq;
}

function explain(cause: unknown): never {
  loading = undefined; // it may be installed by the next try
  const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
  throw new NativeLoadError(`the native driver needs the package 'zeromq' (npm install zeromq): ${reason}`, { cause });
}
