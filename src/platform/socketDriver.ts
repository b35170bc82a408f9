import { socketDrivers } from '#platform';
import type { Driver, DriverName } from '../driver/Driver.js';
import { UnsupportedError } from '../errors.js';
import { type DriverChoice, pickDriver } from './pickDriver.js';

/** The facts that decide the driver of a socket of any type. */
export interface DriverNeeds {
  /** The name of the function, for error texts. */
  readonly of: string;
  readonly choice: DriverChoice;
  /** Set if only one driver has its type. */
  readonly only?: DriverName | undefined;
  /** An option that only libzmq has. */
  readonly nativeOption?: string | undefined;
}

/**
 * The driver of a socket of any type, one for all its endpoints.
 *
 * @throws UnsupportedError if no driver has everything that is needed, or the chosen one does not
 */
export function socketDriver(needs: DriverNeeds, endpoints: readonly string[], bound: readonly string[] = []): Driver {
  return socketDrivers[pick(needs, endpoints, bound)];
}

function pick(
  { of, choice, only, nativeOption }: DriverNeeds,
  endpoints: readonly string[],
  bound: readonly string[],
): DriverName {
  if (only === 'engine') {
    if (choice === 'native')
      throw new UnsupportedError(`${of}: zeromq.js has no sockets of this type; driver: 'engine' does`);
    if (nativeOption !== undefined) {
      throw new UnsupportedError(
        `${of}: option '${nativeOption}' is libzmq's, but only the engine has sockets of this type`,
      );
    }
    return pickDriver(of, endpoints, 'engine', bound);
  }
  if (choice === 'engine') {
    if (only === 'native')
      throw new UnsupportedError(`${of}: only libzmq has sockets of this type: driver: 'native', or 'auto'`);
    if (nativeOption !== undefined) {
      throw new UnsupportedError(
        `${of}: the engine cannot do option '${nativeOption}'; driver: 'native' (or 'auto') does`,
      );
    }
  }
  const isNative = choice === 'native' || only === 'native' || nativeOption !== undefined;
  return pickDriver(of, endpoints, isNative ? 'native' : choice, bound);
}
