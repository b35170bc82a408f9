// Gateway
export { serve } from './serve.js';
export type { Gateway } from './Gateway.js';
export type { GatewayOptions, RouteOptions } from './GatewayOptions.js';
export type { GatewayLimits, RouteLimits } from './GatewayLimits.js';
export type { WebServer } from './http/WebServer.js';

// Authentication
export type { Origins } from './admission/originRule.js';
export type { AuthenticateWeb, WebAnswer, WebCredentials, WebUser } from './admission/WebUser.js';

// Forwarding
export type { Closeable, ForwardOptions, PageSide } from './forward/ForwardOptions.js';

// Statuses
export type {
  ClientClosedStatus,
  ClientConnectedStatus,
  ClientDroppedStatus,
  ClientResumedStatus,
  ClientStalledStatus,
  GatewayStatus,
  RefusedStatus,
} from './GatewayStatus.js';
