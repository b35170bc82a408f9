import { assertInInjectionContext, computed, inject, Injector, type Signal } from '@angular/core';
import { type ConnectionState, CONNECTION_STATES } from './client/ConnectionStates.js';

export type { ConnectionState } from './client/ConnectionStates.js';

/** The state of all connections, as a signal with its reason. */
export interface ConnectionStateSignal extends Signal<ConnectionState> {
  /** Why it is `'waiting'` or `'refused'`, as far as a page can know. */
  readonly reason: Signal<string | undefined>;
}

/** Options of {@link connectionState}. */
export interface ConnectionStateOptions {
  /** The injector in place of the injection context. */
  readonly injector?: Injector | undefined;
}

/**
 * The state of the connections of {@link Rxzmq}, the worst of all:
 *
 * - `'idle'`: there is no socket, as on a server
 * - `'connected'`: all sockets have their peer
 * - `'connecting'`: the first attempt is under way
 * - `'waiting'`: the gateway cannot be reached, and the socket will try again
 * - `'refused'`: the gateway accepts no such token, path or socket type
 *
 * @param options an injector, outside an injection context
 * @throws NG0203 outside an injection context, without `injector`
 * @example
 * ```ts
 * readonly connection = connectionState();   // {{ connection() }}, {{ connection.reason() }}
 * ```
 */
export function connectionState(options: ConnectionStateOptions = {}): ConnectionStateSignal {
  if (!options.injector) assertInInjectionContext(connectionState);
  const { state, reason } = (options.injector ?? inject(Injector)).get(CONNECTION_STATES);
  return Object.assign(
    computed(() => state()),
    { reason },
  );
}
