import { shared } from '../../basics/shared.js';
import { WebRoutes } from './WebRoutes.js';

/** The sockets of this thread that are bound at gateways, which all copies of the package share. */
export const threadRoutes = /* @__PURE__ */ shared('webRoutes.1', /* @__PURE__ */ new WebRoutes(true));

/** Sealed by `shared`, which leaves its number free to change. */
const gateways = /* @__PURE__ */ shared('gateways.1', { last: 0 });

/** What the endpoints of a gateway begin with, a path follows: `gateway://1`. No other gateway of this thread has it. */
export function nextGatewayName(): string {
  return `gateway://${(gateways.last += 1)}`;
}
