import { describe } from '../basics/describe.js';
import type { DriverName } from '../driver/Driver.js';
import { UnsupportedError } from '../errors.js';

/**
 * The driver of an endpoint that the engine cannot do: libzmq, where nobody asks for the engine.
 *
 * @throws UnsupportedError
 */
export function beyondEngine(of: string, endpoint: string, choice: 'auto' | 'engine'): DriverName {
  const shown = describe(endpoint);
  if (endpoint.startsWith('/')) {
    throw new UnsupportedError(
      `${of}: ${shown} is a path on the host that a page came from; here write wss://host${endpoint}`,
    );
  }
  if (choice === 'auto') return 'native';
  throw new UnsupportedError(
    `${of}: the engine cannot do ${shown}; driver: 'native' (or 'auto') does, with the zeromq package`,
  );
}
