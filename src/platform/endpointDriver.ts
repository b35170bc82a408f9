import type { Driver, Drivers } from '../driver/Driver.js';
import { type DriverChoice, pickDriver } from './pickDriver.js';

/**
 * The driver of a source or sink, one for all its endpoints.
 *
 * @throws UnsupportedError, VirtualTimeError as pickDriver does
 */
export function endpointDriver(
  drivers: Drivers,
  of: string,
  endpoints: readonly string[],
  choice: DriverChoice = 'auto',
  bind = false,
): Driver {
  return drivers[pickDriver(of, endpoints, choice, bind ? endpoints : [])];
}
