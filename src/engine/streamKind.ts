import { Acceptor } from './connections/Acceptor.js';
import { Connector } from './connections/Connector.js';
import type { EndpointKind } from './EndpointKind.js';

/** Endpoints of carriers, which transport bytes: all endpoints that are of no other kind. */
export const streamKind: EndpointKind = {
  has: () => true,
  bind: (core, endpoint) => new Acceptor(core, endpoint),
  connect: (core, endpoint, options) => new Connector(core, endpoint, options),
  countsConnections: true,
};
