import { isInproc } from '../driver/endpoints.js';
import type { EndpointKind } from './EndpointKind.js';
import { InprocBinder } from './inproc/InprocBinder.js';
import { InprocConnector } from './inproc/InprocConnector.js';

/** inproc: sockets of one process connect by name. */
export const inprocKind: EndpointKind = {
  has: isInproc,
  bind: (core, endpoint) => new InprocBinder(core, endpoint),
  connect: (core, endpoint, options) => new InprocConnector(core, endpoint, options),
  countsConnections: false,
};
