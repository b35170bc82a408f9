import { shared } from '../../basics/shared.js';
import { WebRoutes } from './WebRoutes.js';

/** The sockets of this thread that are bound at gateways. All copies of the package share the table. */
export const threadRoutes = /* @__PURE__ */ shared('webRoutes.1', /* @__PURE__ */ new WebRoutes(true));

/** `shared` seals the object, but its number can change. */
const gateways = /* @__PURE__ */ shared('gateways.1', { last: 0 });

/** The name with which the endpoints of a gateway begin, before the path: `gateway://1`. It is unique in this thread. */
export function nextGatewayName(): string {
  return `gateway://${(gateways.last += 1)}`;
}
