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

/** The gateway, as its clients see it. */
export interface ClientHost<Client> {
  readonly clock: Clock;
  readonly limits: GatewayLimits;
  readonly authenticate: AuthenticateWeb | undefined;
  readonly budget: WebBudget;
  readonly failed: FailedTokens;
  /** The number of clients of each user. */
  readonly users: Counts;
  /** Whether the limit allows one more client. */
  readonly hasPlace: boolean;
  /** Creates a WebSocket from an upgrade. If that is impossible, or impossible now, the upgrade is refused with an HTTP status. */
  upgrade(upgrade: Upgrade, route: GatewayRoute, done: (socket: WebSocket) => void, refused: RefusedUpgrade): void;
  notify(status: GatewayStatus): void;
  /** The client has sent its hello. */
  shaken(client: Client): void;
  /** Its connection has ended. */
  left(client: Client): void;
}

/** Called if an upgrade is impossible, with the HTTP status and the reason. */
export type RefusedUpgrade = (status: number, reason: string) => void;
