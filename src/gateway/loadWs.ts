import { NativeLoadError } from '../errors.js';

/** The package `ws`. */
export type Ws = Pick<typeof import(/* webpackIgnore: true */ 'ws'), 'WebSocketServer'>;

/**
 * Loads the package `ws` when it is first needed: it is optional.
 *
 * @throws NativeLoadError if it is missing
 */
export function loadWs(): Promise<Ws> {
  return import(/* webpackIgnore: true */ 'ws').catch(explain); // bundlers let it be missing if that is handled here
}

function explain(cause: unknown): never {
  const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
  throw new NativeLoadError(`a gateway needs the package 'ws' (npm install ws): ${reason}`, { cause });
}
