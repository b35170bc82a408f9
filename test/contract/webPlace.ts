import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import type { GatewayLimits } from '../../src/gateway/GatewayLimits.js';
import { serve } from '../../src/gateway/serve.js';

/** What the contract is about are sockets, and not the limits that a gateway sets for them. */
const NO_LIMITS: Partial<GatewayLimits> = {
  maxMessageBytes: 2 ** 30,
  maxParts: 10_000,
  maxSubscriptions: 100_000,
  maxTopicBytes: 100_000,
  highWaterMark: 1_000_000,
  highWaterBytes: 2 ** 30,
  maxClientsPerAddress: Infinity,
};

const server = createServer();
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const host = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
const gateway = serve(server, { limits: NO_LIMITS, lingerMs: 0 });
/** The endpoint to bind for each path. */
const endpoints = new Map<string, string>();
let count = 0;

afterAll(async () => {
  await gateway.close();
  server.closeAllConnections();
  server.close();
});

/** A URL that no socket is bound at. */
export function freeUrl(): string {
  count += 1;
  return `${host}/${count}`;
}

export function isUrl(endpoint: string): boolean {
  return endpoint.startsWith('ws://');
}

/** The endpoint at which a socket is bound, for those who connect to this URL. */
export function boundAt(url: string): string {
  const path = url.slice(host.length);
  let endpoint = endpoints.get(path);
  if (endpoint === undefined) {
    endpoint = gateway.at(path);
    endpoints.set(path, endpoint);
  }
  return endpoint;
}
