import { isMainThread } from 'node:worker_threads';
import { NativeLoadError, UnsupportedError } from '../errors.js';

/** The zeromq package. */
export type ZeroMQ = typeof import('zeromq');

/** How many sockets of libzmq a process may have; each of ours needs three. The default of libzmq is 1023. */
const MAX_SOCKETS = 16_384;

const NOT_HERE =
  'the native driver works in the main thread only: zeromq.js ends the whole process when a worker thread ends with a socket ' +
  "of its open; driver: 'engine' works in every thread";

let loading: Promise<ZeroMQ> | undefined;

/**
 * Loads the zeromq package at the first call.
 *
 * @param endpoint the endpoint of the socket that needs it, for error texts
 * @throws UnsupportedError in a worker thread: a thread that ends while it has a zeromq.js socket ends the whole process, and
 *   `terminate()` does not notify it before
 * @throws NativeLoadError if it is missing or was built for another platform
 */
export async function loadZeroMQ(endpoint: string): Promise<ZeroMQ> {
  if (!isMainThread) throw new UnsupportedError(`${endpoint}: ${NOT_HERE}`);
  loading ??= import(/* webpackIgnore: true */ 'zeromq').then(prepare, forget);
  return loading.catch((cause: unknown) => explain(endpoint, cause)); // each socket has an error of its own, which names it
}

/** It may be installed before the next try. Bundlers let a package be missing only if its import handles that itself. */
function forget(cause: unknown): never {
  loading = undefined;
  throw cause;
}

function prepare(loaded: ZeroMQ & { default?: ZeroMQ }): ZeroMQ {
  const zeromq = loaded.default ?? loaded;
  // It has an effect only before the first socket of libzmq; a program that has created one already has its own limit.
  zeromq.context.maxSockets = Math.max(zeromq.context.maxSockets, MAX_SOCKETS);
  return zeromq;
}

function explain(endpoint: string, cause: unknown): never {
  const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
  const needs = "needs the package 'zeromq' (npm install zeromq)";
  throw new NativeLoadError(`the native driver of ${endpoint} ${needs}: ${reason}`, { cause });
}
