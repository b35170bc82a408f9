import type { WebSocket } from 'ws';
import type { WebBudget } from '../engine/web/WebBudget.js';
import type { Clock } from '../time/Clock.js';
import type { AuthenticateWeb } from './admission/WebUser.js';
import type { GatewayLimits } from './GatewayLimits.js';
import type { GatewayRoute } from './GatewayRoute.js';
import type { GatewayStatus } from './GatewayStatus.js';
import type { Upgrade } from './http/Upgrade.js';
import type { Counts } from './limits/Counts.js';
import type { FailedTokens } from './limits/FailedTokens.js';

/** What clients know of their gateway. */
export interface ClientHost<Client> {
  readonly clock: Clock;
  readonly limits: GatewayLimits;
  readonly authenticate: AuthenticateWeb | undefined;
  readonly budget: WebBudget;
  readonly failed: FailedTokens;
  /** Clients by their user. */
  readonly users: Counts;
  /** Whether all clients that are there have a place, one included that has just come. */
  readonly hasPlace: boolean;
  /** Makes a WebSocket of an upgrade. What cannot be one, or not now, is refused with HTTP. */
  upgrade(upgrade: Upgrade, route: GatewayRoute, done: (socket: WebSocket) => void, refused: RefusedUpgrade): void;
  notify(status: GatewayStatus): void;
  /** It has said hello. */
  shaken(client: Client): void;
  /** Its connection is over. */
  left(client: Client): void;
}

/** Hears that an upgrade cannot be done: the HTTP status, and why. */
export type RefusedUpgrade = (status: number, reason: string) => void;
