import { natsEndpointDriver } from '#platform';
import { describe } from '../basics/describe.js';
import type { Driver } from '../driver/Driver.js';
import { withoutSecrets } from '../driver/natsEndpoints.js';
import { UnsupportedError } from '../errors.js';
import { currentVirtualTime } from '../time/VirtualTime.js';
import type { DriverChoice } from './pickDriver.js';

/**
 * The driver of a source or sink over NATS.
 *
 * @throws UnsupportedError, VirtualTimeError
 */
export function pickNats(of: string, endpoints: readonly string[], choice: DriverChoice = 'auto'): Driver {
  const shown = describe(withoutSecrets(endpoints[0]!));
  const virtual = currentVirtualTime();
  if (virtual) throw virtual.refusal(`${of}: ${shown} needs a server of NATS`);
  if (choice === 'auto') return natsEndpointDriver();
  throw new UnsupportedError(`${of}: driver: '${choice}' speaks ZeroMQ and cannot do ${shown}; leave the option out`);
}
