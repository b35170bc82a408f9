import { supportsAbstractNames } from '../engine/carriers/node/ipc.js';
import { UnsupportedError } from '../errors.js';
import { show } from '../basics/describe.js';
import { currentWorld } from '../time/VirtualTime.js';

/** What people choose. */
export type DriverChoice = 'auto' | 'engine' | 'native';

const ENGINE_TRANSPORTS = ['tcp', 'ipc', 'inproc'];

/**
 * Picks the driver of a socket, one for all its endpoints: the engine wherever it has all the transports.
 *
 * @throws UnsupportedError where the engine is asked for and has one of them not
 * @throws VirtualTimeError within a run in virtual time, which has the engine alone
 */
export function pickDriver(of: string, endpoints: readonly string[], choice: DriverChoice): 'engine' | 'native' {
  const world = currentWorld();
  if (world) {
    const other = choice === 'native' ? `driver: 'native'` : endpoints.find((endpoint) => !isOfEngine(endpoint));
    if (other !== undefined) throw world.refusal(`${of}: ${other} needs libzmq`);
    return 'engine';
  }
  if (choice === 'native') return 'native';
  const strange = endpoints.find((endpoint) => !engineHas(endpoint));
  if (strange === undefined) return 'engine';
  if (choice === 'auto') return 'native';
  throw new UnsupportedError(
    `${of}: the engine cannot do ${show(strange)}; driver: 'native' (or 'auto') does, with the zeromq package`,
  );
}

function engineHas(endpoint: string): boolean {
  if (endpoint.startsWith('ipc://@')) return supportsAbstractNames();
  return isOfEngine(endpoint);
}

function isOfEngine(endpoint: string): boolean {
  return ENGINE_TRANSPORTS.some((transport) => endpoint.startsWith(`${transport}://`));
}
