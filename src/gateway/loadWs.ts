import { NativeLoadError } from '../errors.js';

/** The package `ws`. */
export type Ws = Pick<typeof import(/* webpackIgnore: true */ 'ws'), 'WebSocketServer'>;

let loading: Promise<Ws> | undefined;

/**
 * Loads the package `ws` when it is first needed: it is optional.
 *
 * @throws NativeLoadError if it is missing
 */
export function loadWs(): Promise<Ws> {
  loading ??= import(/* webpackIgnore: true */ 'ws');
  return loading.catch(explain); // each gateway has an error of its own
}

function explain(cause: unknown): never {
  loading = undefined; // it may be installed before the next try
  const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
  throw new NativeLoadError(`a gateway needs the package 'ws' (npm install ws): ${reason}`, { cause });
}
