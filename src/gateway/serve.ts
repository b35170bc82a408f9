import { describe } from '../basics/describe.js';
import { OptionError } from '../errors.js';
import { checkOptions } from '../options/rules.js';
import type { Gateway } from './Gateway.js';
import { gatewayRules, type GatewayOptions } from './GatewayOptions.js';
import type { WebServer } from './http/WebServer.js';
import { ServedGateway } from './ServedGateway.js';

/**
 * Makes an HTTP server a door for pages: what is bound at its paths are sockets of this library, and a page, or another program, that
 * connects to one is a peer as any other, held back by what it can take.
 *
 * Nobody but pages and programs of this machine comes in until `origins` and `authenticate` say so. The server stays yours: its requests,
 * its upgrades at other paths, its `listen` and its `close`. It needs the package `ws`: npm install ws.
 *
 * **Delivery** As the sockets have it that are bound at the paths.
 * **Ends** With `close`, or `await using`; not by itself.
 * **Example**
 * {@includeCode ../../examples/gateway.ts#main}
 * @param server a server of `node:http` or `node:https`, as Express, Fastify and Nest have one; several serve the same paths
 * @throws OptionError at the call
 */
export function serve(server: WebServer | readonly WebServer[], options: GatewayOptions = {}): Gateway {
  checkOptions('serve', options, gatewayRules);
  const servers: readonly unknown[] = Array.isArray(server) ? server : [server];
  const strange = servers.find((one) => !isServer(one));
  if (strange !== undefined || servers.length === 0) {
    const text = `serve: server must be an http.Server or https.Server, or an array of them, got ${describe(strange ?? server)}`;
    throw new OptionError('server', server, text);
  }
  return new ServedGateway(servers as readonly WebServer[], options);
}

/** What the functions need of a server: Express gives an app, which is none. */
function isServer(value: unknown): value is WebServer {
  const { prependListener, listenerCount, listen } = (value ?? {}) as Partial<WebServer>;
  return [prependListener, listenerCount, listen].every((method) => typeof method === 'function');
}
