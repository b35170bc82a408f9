import { beyondEngine, engineTransports, hasOwnHost, supportsAbstractNames } from '#platform';
import type { DriverName } from '../driver/Driver.js';
import { webSide } from '../driver/webEndpoints.js';
import { currentVirtualTime } from '../time/VirtualTime.js';

/** The values of option `driver`. */
export type DriverChoice = 'auto' | 'engine' | 'native';

/** The transports in a run in virtual time. */
const VIRTUAL_TRANSPORTS = ['tcp', 'ipc', 'inproc', 'wss', 'gateway'];

/**
 * Chooses the driver of a socket, one for all its endpoints: the engine if it has all transports.
 *
 * @param bound the endpoints that are bound: only libzmq binds `ws://`
 * @throws UnsupportedError if the engine is selected and does not have one of the transports
 * @throws VirtualTimeError within a run in virtual time, which has only the engine
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

/** A path is relative to the host of a page, so it needs a page. */
function connectsTo(endpoint: string): boolean {
  return !endpoint.startsWith('/') || hasOwnHost();
}

function isOneOf(transports: readonly string[], endpoint: string): boolean {
  return transports.some((transport) => endpoint.startsWith(`${transport}://`));
}
