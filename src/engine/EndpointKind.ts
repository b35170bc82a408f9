import type { ConnectOptions } from '../driver/SocketSettings.js';
import { UnsupportedError } from '../errors.js';
import type { SocketCore, SocketEndpoint } from './connections/SocketCore.js';

/** A kind of endpoints: how sockets bind and connect there. */
export interface EndpointKind {
  /** Whether an endpoint is of this kind. */
  has(endpoint: string): boolean;
  bind(core: SocketCore, endpoint: string): SocketEndpoint;
  connect(core: SocketCore, endpoint: string, options: ConnectOptions): SocketEndpoint;
  /** Types that would have a peer twice take no second connection to one endpoint. */
  readonly countsConnections: boolean;
}

/** @throws UnsupportedError where there is none of that kind */
export function kindOf(kinds: readonly EndpointKind[], endpoint: string): EndpointKind {
  const kind = kinds.find((one) => one.has(endpoint));
  if (kind === undefined) throw new UnsupportedError(`there is no transport here for ${endpoint}`);
  return kind;
}
