import { describe } from '../basics/describe.js';
import { OptionError } from '../errors.js';
import { checkOptions } from '../options/rules.js';
import type { Gateway } from './Gateway.js';
import { gatewayRules, type GatewayOptions } from './GatewayOptions.js';
import type { WebServer } from './http/WebServer.js';
import { ServedGateway } from './ServedGateway.js';

/**
 * Makes an HTTP server a gateway for web pages: sockets of this library are bound at its paths. A page, or another program, that connects
 * to one is a peer like any other, with back-pressure.
 *
 * By default it accepts only pages and programs of this machine; `origins` and `authenticate` accept others. The server stays yours: its
 * requests, its upgrades at other paths, its `listen` and its `close`. It needs the package `ws`: npm install ws.
 *
 * **Delivery** As that of the sockets that are bound at the paths.
 *
 * **Ends** With `close`, or `await using`; not by itself.
 *
 * **Example**
 * {@includeCode ../../examples/gateway.ts#main}
 * @param server a server of `node:http` or `node:https`, such as those of Express, Fastify and Nest; several serve the same paths
 * @param options which pages may connect, who they are, and limits
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

/** Whether a value has the functions of a server. The app of Express does not. */
function isServer(value: unknown): value is WebServer {
  const { prependListener, listenerCount, listen } = (value ?? {}) as Partial<WebServer>;
  return [prependListener, listenerCount, listen].every((method) => typeof method === 'function');
}
