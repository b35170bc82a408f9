import { UnsupportedError } from '../errors.js';
import { type CheckEndpoints, endpointList } from './endpointList.js';
import { isNats } from './isNats.js';

/**
 * Checks what a function was given as its endpoints in a page, and gives them as a list. Those of ZeroMQ's own transports need only
 * look like some: nothing but a run in virtual time can have them.
 *
 * @throws EndpointError where one cannot be read, UnsupportedError for NATS beside another
 */
export const checkPageEndpoints: CheckEndpoints = /* @__PURE__ */ endpointList((of, endpoint, _bind, refuse) => {
  if (isNats(endpoint)) throw new UnsupportedError(`${of}: nats endpoints have no other transport beside them`);
  if (!/^[^:/]+:\/\/[^\0]+$/.test(endpoint)) refuse("is none; write it like 'wss://host/path', or '/path'");
});
