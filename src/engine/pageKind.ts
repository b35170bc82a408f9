import { webSide } from '../driver/webEndpoints.js';
import { UnsupportedError } from '../errors.js';
import type { EndpointKind } from './EndpointKind.js';
import { WebConnector } from './web/endpoints/WebConnector.js';

/** WebSockets of a web page, which can only connect to a gateway. */
export const pageKind: EndpointKind = {
  has: (endpoint) => webSide(endpoint) === 'connects',
  bind: (_core, endpoint) => {
    throw new UnsupportedError(`a page cannot bind ${endpoint}`);
  },
  connect: (core, endpoint, options) => new WebConnector(core, endpoint, options),
  countsConnections: true,
};
