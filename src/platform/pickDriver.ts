import { beyondEngine, engineTransports, hasOwnHost, supportsAbstractNames } from '#platform';
import type { DriverName } from '../driver/Driver.js';
import { webSide } from '../driver/webEndpoints.js';
import { currentVirtualTime } from '../time/VirtualTime.js';

/** What people choose. */
export type DriverChoice = 'auto' | 'engine' | 'native';

/** What the network of a run in virtual time has. */
const VIRTUAL_TRANSPORTS = ['tcp', 'ipc', 'inproc', 'wss', 'gateway'];

/**
 * Picks the driver of a socket, one for all its endpoints: the engine wherever it has all the transports.
 *
 * @param bound those of the endpoints that are bound: a `ws://` that is bound is libzmq's
 * @throws UnsupportedError where the engine is asked for and has one of them not
 * @throws VirtualTimeError within a run in virtual time, which has the engine alone
 */
export function pickDriver(
  of: string,
  endpoints: readonly string[],
  choice: DriverChoice,
  bound: readonly string[] = [],
): DriverName {
  const connectsWeb = (endpoint: string): boolean => webSide(endpoint) === 'connects' && !bound.includes(endpoint);
  const virtual = currentVirtualTime();
  if (virtual) {
    const other =
      choice === 'native'
        ? `driver: 'native'`
        : endpoints.find((one) => !isOneOf(VIRTUAL_TRANSPORTS, one) && !connectsWeb(one));
    if (other !== undefined) throw virtual.refusal(`${of}: ${other} needs libzmq`);
    return 'engine';
  }
  if (choice === 'native') return 'native';
  const strange = endpoints.find(
    (endpoint) => !engineHas(endpoint) && !(connectsWeb(endpoint) && connectsTo(endpoint)),
  );
  return strange === undefined ? 'engine' : beyondEngine(of, strange, choice);
}

function engineHas(endpoint: string): boolean {
  if (endpoint.startsWith('ipc://@')) return supportsAbstractNames();
  return isOneOf(engineTransports, endpoint);
}

/** A path needs a page that it is a path of the host of. */
function connectsTo(endpoint: string): boolean {
  return !endpoint.startsWith('/') || hasOwnHost();
}

function isOneOf(transports: readonly string[], endpoint: string): boolean {
  return transports.some((transport) => endpoint.startsWith(`${transport}://`));
}
