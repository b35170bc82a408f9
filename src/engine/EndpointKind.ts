import type { ConnectOptions } from '../driver/SocketSettings.js';
import { UnsupportedError } from '../errors.js';
import type { SocketCore, SocketEndpoint } from './connections/SocketCore.js';

/** A kind of endpoint: how a socket binds it and connects to it. */
export interface EndpointKind {
  /** Whether the endpoint is of this kind. */
  has(endpoint: string): boolean;
  bind(core: SocketCore, endpoint: string): SocketEndpoint;
  connect(core: SocketCore, endpoint: string, options: ConnectOptions): SocketEndpoint;
  /** A socket type that would have a peer twice ignores a second connection to the same endpoint. */
  readonly countsConnections: boolean;
}

/** @throws UnsupportedError if no kind has the endpoint */
export function kindOf(kinds: readonly EndpointKind[], endpoint: string): EndpointKind {
  const kind = kinds.find((one) => one.has(endpoint));
  if (kind === undefined) throw new UnsupportedError(`there is no transport here for ${endpoint}`);
  return kind;
}
