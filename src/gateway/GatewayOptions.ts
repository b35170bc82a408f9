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
   * Pages of which origins may connect: a list such as `['https://scope.example']`, `'any'`, or a function. Browsers say it, and cannot
   * be made to lie; other programs say what they like, so that it is no authentication.
   * @default pages of `localhost`, `127.0.0.1` and `[::1]`, at any port
   */
  readonly origins?: Origins | undefined;
  /**
   * Asked about each client; `() => true` lets everybody in. @default only clients of this machine come in, and through no proxy
   */
  readonly authenticate?: AuthenticateWeb | undefined;
  /** Addresses and networks of proxies whose `X-Forwarded-For` says who the client is. @default none */
  readonly trustProxy?: readonly string[] | undefined;
  readonly limits?: Partial<GatewayLimits> | undefined;
  /** Hears what becomes of clients. What it throws is warned of and harms nothing. */
  readonly status?: Listener<GatewayStatus> | undefined;
  /** How long `close` lets messages go on to clients that make no progress, in ms; `Infinity`: as long as it takes. @default 1000 */
  readonly lingerMs?: number | undefined;
}

/** Options of {@link Gateway.at}. */
export interface RouteOptions {
  /** What holds for each client of this path. @default those of the gateway */
  readonly limits?: Partial<RouteLimits> | undefined;
}

/** The rules for {@link GatewayOptions}. */
export const gatewayRules: Rules = {
  origins: isOrigins,
  authenticate: isFunction,
  trustProxy: isNetworks,
  limits: isGroup('limits', limitRules),
  status: isListener,
  lingerMs: isEither(isDuration(0), isInfinity),
};

/** The rules for {@link RouteOptions}. */
export const routeRules: Rules = { limits: isGroup('limits', routeLimitRules) };
