import { endpointDrivers } from '#platform';
import type { Driver } from '../driver/Driver.js';
import { type DriverChoice, pickDriver } from './pickDriver.js';

/**
 * The driver of a source or sink, one for all its endpoints.
 *
 * @throws UnsupportedError, VirtualTimeError as pickDriver does
 */
export function endpointDriver(
  of: string,
  endpoints: readonly string[],
  choice: DriverChoice = 'auto',
  bind = false,
): Driver {
  return endpointDrivers[pickDriver(of, endpoints, choice, bind ? endpoints : [])];
}
