import { isWeb } from '../driver/webEndpoints.js';
import type { EndpointKind } from './EndpointKind.js';
import { WebAcceptor } from './web/endpoints/WebAcceptor.js';
import { sharesMessages } from './web/sharesMessages.js';
import { WebConnector } from './web/endpoints/WebConnector.js';

/** WebSockets: endpoints that connect to a gateway, and endpoints that are bound at a path of one. */
export const webKind: EndpointKind = {
  has: isWeb,
  bind: (core, endpoint) => new WebAcceptor(core, endpoint),
  connect: (core, endpoint, options) => new WebConnector(core, endpoint, options, sharesMessages),
  countsConnections: true,
};
