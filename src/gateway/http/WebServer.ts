import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';

/** A server whose upgrades a gateway can handle. */
export type WebServer = Server | SecureServer;
