import { endpointDrivers, natsEndpointDriver } from '#platform';
import { describe } from '../basics/describe.js';
import type { Driver } from '../driver/Driver.js';
import { isNats, withoutSecrets } from '../driver/natsEndpoints.js';
import { UnsupportedError } from '../errors.js';
import { currentVirtualTime } from '../time/VirtualTime.js';
import { type DriverChoice, pickDriver } from './pickDriver.js';

/**
 * The driver of a source or sink, one for all its endpoints.
 *
 * @throws UnsupportedError, VirtualTimeError as pickDriver does
 */
export function endpointDriver(of: string, endpoints: readonly string[], choice: DriverChoice = 'auto'): Driver {
  if (!isNats(endpoints)) return endpointDrivers[pickDriver(of, endpoints, choice)];
  const shown = describe(withoutSecrets(endpoints[0]!));
  const virtual = currentVirtualTime();
  if (virtual) throw virtual.refusal(`${of}: ${shown} needs a server of NATS`);
  if (choice === 'auto') return natsEndpointDriver();
  throw new UnsupportedError(`${of}: driver: '${choice}' speaks ZeroMQ and cannot do ${shown}; leave the option out`);
}
