import { isWeb, webSide } from '../driver/webEndpoints.js';
import { gatewayOf } from '../engine/web/memory/MemoryChannels.js';
import { parseTcp } from '../engine/carriers/parseTcp.js';

const OWN_HOSTS = new Set(['*', '0.0.0.0', '127.0.0.1', 'localhost', 'lo', '::', '::1']);
const EVERY_HOST = new Set(['*', '0.0.0.0', '::']);

/**
 * Whether an endpoint of a test means the endpoint of a socket: `tcp://*:5555` matches `tcp://localhost:5555`, and also
 * `tcp://radio:5555`.
 */
export function sameEndpoint(named: string, given: string): boolean {
  if (named === given) return true;
  if (isWeb(named) && isWeb(given)) return gatewayOf(named) === gatewayOf(given);
  if (!named.startsWith('tcp://') || !given.startsWith('tcp://')) return false;
  const one = parseTcp(named).target;
  const other = parseTcp(given).target;
  if (one.port !== other.port || one.port === 0) return false;
  return (
    one.host === other.host ||
    EVERY_HOST.has(one.host) ||
    EVERY_HOST.has(other.host) ||
    (OWN_HOSTS.has(one.host) && OWN_HOSTS.has(other.host))
  );
}

/** The endpoint that the far side binds if the near side connects, or connects to if the near side binds. */
export function withoutSource(endpoint: string): string {
  if (webSide(endpoint) === 'connects') return gatewayOf(endpoint);
  if (webSide(endpoint) === 'binds') return endpoint.replace('gateway:', 'ws:');
  return endpoint.startsWith('tcp://') ? endpoint.replace(/^tcp:\/\/.*;/, 'tcp://') : endpoint;
}
