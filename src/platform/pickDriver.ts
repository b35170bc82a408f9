import { engineTransports, hasNative, supportsAbstractNames } from '#platform';
import type { DriverName } from '../driver/Driver.js';
import { UnsupportedError } from '../errors.js';
import { describe } from '../basics/describe.js';
import { currentVirtualTime } from '../time/VirtualTime.js';

/** What people choose. */
export type DriverChoice = 'auto' | 'engine' | 'native';

/** What the network of a run in virtual time has. */
const VIRTUAL_TRANSPORTS = ['tcp', 'ipc', 'inproc'];

/**
 * Picks the driver of a socket, one for all its endpoints: the engine wherever it has all the transports.
 *
 * @throws UnsupportedError where the engine is asked for and has one of them not
 * @throws VirtualTimeError within a run in virtual time, which has the engine alone
 */
export function pickDriver(of: string, endpoints: readonly string[], choice: DriverChoice): DriverName {
  const virtual = currentVirtualTime();
  if (virtual) {
    const other = choice === 'native' ? `driver: 'native'` : endpoints.find((one) => !isOneOf(VIRTUAL_TRANSPORTS, one));
    if (other !== undefined) throw virtual.refusal(`${of}: ${other} needs libzmq`);
    return 'engine';
  }
  if (choice === 'native') return 'native';
  const strange = endpoints.find((endpoint) => !engineHas(endpoint));
  if (strange === undefined) return 'engine';
  if (!hasNative) {
    throw new UnsupportedError(`${of}: nothing here can do ${describe(strange)}, only ${engineTransports.join(', ')}`);
  }
  if (choice === 'auto') return 'native';
  throw new UnsupportedError(
    `${of}: the engine cannot do ${describe(strange)}; driver: 'native' (or 'auto') does, with the zeromq package`,
  );
}

function engineHas(endpoint: string): boolean {
  if (endpoint.startsWith('ipc://@')) return supportsAbstractNames();
  return isOneOf(engineTransports, endpoint);
}

function isOneOf(transports: readonly string[], endpoint: string): boolean {
  return transports.some((transport) => endpoint.startsWith(`${transport}://`));
}
