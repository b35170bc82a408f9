import { webSide } from '../driver/webEndpoints.js';
import { UnsupportedError } from '../errors.js';
import type { EndpointKind } from './EndpointKind.js';
import type { Outgoing } from './web/Outgoing.js';
import { WebConnector } from './web/endpoints/WebConnector.js';

/** WebSockets of a web page, which can only connect to a gateway; what their sockets may send. */
export function pageKind(outgoing: Outgoing): EndpointKind {
  return {
    has: (endpoint) => webSide(endpoint) === 'connects',
    bind: (_core, endpoint) => {
      throw new UnsupportedError(`a page cannot bind ${endpoint}`);
    },
    connect: (core, endpoint, options) => new WebConnector(core, endpoint, options, outgoing),
    countsConnections: true,
  };
}
