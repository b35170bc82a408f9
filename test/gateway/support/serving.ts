import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Gateway, GatewayOptions, GatewayStatus } from '../../../src/gateway/index.js';
import { serve } from '../../../src/gateway/serve.js';

/** A server on loopback that ends with the test, and its port. */
export async function httpServer(
  requests: RequestListener = notFound,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer(requests);
  return { server, port: await listen(server) };
}

/** Has a server listen on a free port of loopback until the test ends. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

/** A gateway on a server of its own, and what it tells. Both end with the test. */
export async function gateway(options: GatewayOptions = {}): Promise<{
  readonly web: Gateway;
  readonly server: Server;
  readonly port: number;
  readonly statuses: GatewayStatus[];
}> {
  const { server, port } = await httpServer();
  const statuses: GatewayStatus[] = [];
  const web = serve(server, { lingerMs: 0, status: (status) => statuses.push(status), ...options });
  onTestFinished(() => web.close());
  return { web, server, port, statuses };
}

/** Resolves once a condition holds; the test's own time is how long that may take. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Where no gateway is, an upgrade is a request as any other. */
function notFound(...[, response]: Parameters<RequestListener>): void {
  response.writeHead(404).end();
}
