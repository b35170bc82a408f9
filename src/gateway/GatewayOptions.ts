import { isDuration, isEither, isFunction, isGroup, isInfinity, type Rules } from '../options/rules.js';
import { isListener, type Listener } from '../rx/notifier.js';
import { isNetworks } from './admission/clientAddress.js';
import { isOrigins, type Origins } from './admission/originRule.js';
import type { AuthenticateWeb } from './admission/WebUser.js';
import { limitRules, routeLimitRules, type GatewayLimits, type RouteLimits } from './GatewayLimits.js';
import type { GatewayStatus } from './GatewayStatus.js';

/** Options of {@link serve}. */
export interface GatewayOptions {
  /**
   * The origins whose pages may connect: a list such as `['https://scope.example']`, `'any'`, or a function. A page cannot change the
   * origin that its browser sends, but other programs can send any origin. So this is not authentication.
   * @default pages of `localhost`, `127.0.0.1` and `[::1]`, at any port
   */
  readonly origins?: Origins | undefined;
  /**
   * Called for each client, to authenticate it; `() => true` accepts all. @default only clients of this machine, and not through a proxy
   */
  readonly authenticate?: AuthenticateWeb | undefined;
  /** Addresses and networks of trusted proxies: their `X-Forwarded-For` gives the address of the client. @default none */
  readonly trustProxy?: readonly string[] | undefined;
  readonly limits?: Partial<GatewayLimits> | undefined;
  /** Receives the events of clients. If it throws, a warning is logged; nothing else happens. */
  readonly status?: Listener<GatewayStatus> | undefined;
  /**
   * `ZMQ_LINGER`: how long `close` may still send queued messages to clients without progress, in ms; `Infinity`: as long as it
   * takes. Clients have half of it, and 10 s at most, to report that they have sent everything. @default 1000
   */
  readonly lingerMs?: number | undefined;
}

/** Options of {@link Gateway.at}. */
export interface RouteOptions {
  /** The limits for each client of this path. @default those of the gateway */
  readonly limits?: Partial<RouteLimits> | undefined;
}

/** The rules for {@link GatewayOptions}. */
export const gatewayRules: Rules = {
  origins: isOrigins,
  authenticate: isFunction,
  trustProxy: isNetworks,
  limits: isGroup(limitRules),
  status: isListener,
  lingerMs: isEither(isDuration(0), isInfinity),
};

/** The rules for {@link RouteOptions}. */
export const routeRules: Rules = { limits: isGroup(routeLimitRules) };
