import { EndpointError, UnsupportedError } from '../errors.js';
import { checkEndpoints } from '../driver/endpoints.js';
import type { SocketType } from '../driver/SocketSettings.js';
import { describe } from '../basics/describe.js';
import { speaksWeb } from '../driver/webEndpoints.js';
import { kinds } from './kinds.js';

/**
 * Checks the endpoints that a handle must bind or connect, and returns them as a list.
 *
 * @throws EndpointError if one is not valid, UnsupportedError if the socket type does not support it
 */
export function checkSocketEndpoints(
  type: SocketType,
  endpoints: unknown,
  bind: boolean,
  isNative: boolean,
): readonly string[] {
  const of = `openSocket('${type}')`;
  const list: readonly unknown[] = Array.isArray(endpoints) ? endpoints : [endpoints];
  const isUdp = (endpoint: unknown): endpoint is string =>
    typeof endpoint === 'string' && endpoint.startsWith('udp://');
  const others = list.filter((endpoint) => !isUdp(endpoint));
  if (others.length > 0 || list.length === 0) checkEndpoints(of, others, bind, isNative);
  for (const endpoint of list.filter(isUdp)) checkUdp(of, type, endpoint, bind);
  const { transports } = kinds[type];
  for (const endpoint of others as readonly string[]) {
    if ((type === 'radio' || type === 'dish') && speaksWeb(endpoint, bind, isNative)) {
      throw new UnsupportedError(`${of}: ${describe(endpoint)}: there are no groups over WebSockets`);
    }
    if (transports === undefined || transports.some((transport) => endpoint.startsWith(`${transport}://`))) continue;
    const known = transports.length === 0 ? 'udp' : transports.join(' or ');
    throw new UnsupportedError(`${of}: ${describe(endpoint)}: sockets of this type speak over ${known} only`);
  }
  return list as readonly string[];
}

function checkUdp(of: string, type: SocketType, endpoint: string, bind: boolean): void {
  const { udp } = kinds[type];
  if (udp === undefined) {
    throw new UnsupportedError(`${of}: ${describe(endpoint)}: only radio, dish and dgram sockets speak over udp`);
  }
  if ((udp === 'binds') !== bind) {
    throw new UnsupportedError(`${of}: ${describe(endpoint)}: over udp this type ${udp} only`);
  }
  const [, host = '', port = ''] = /^udp:\/\/(.*):(\d+|\*)$/.exec(endpoint) ?? [];
  const isPort = port === '*' ? bind : port !== '' && Number(port) <= 65_535 && (bind || Number(port) > 0);
  if (host !== '' && isPort) return;
  throw new EndpointError(endpoint, `${of}: endpoint ${describe(endpoint)} is not such as 'udp://239.0.0.1:5555'`);
}
