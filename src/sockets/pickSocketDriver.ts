import { UnsupportedError } from '../errors.js';
import { type DriverChoice, pickDriver } from '../platform/pickDriver.js';
import type { RawType } from '../driver/RawSocket.js';
import { kinds } from './kinds.js';

/** What decides which driver a handle has. */
export interface DriverNeeds {
  readonly type: RawType;
  readonly choice: DriverChoice;
  /** An option that only libzmq has. */
  readonly nativeOption: string | undefined;
}

/**
 * Picks the driver of a handle for all its endpoints.
 *
 * @throws UnsupportedError where no driver has all that is asked for, or not the one that was chosen
 */
export function pickSocketDriver(needs: DriverNeeds, endpoints: readonly string[]): 'engine' | 'native' {
  const { type, choice, nativeOption } = needs;
  const of = `openSocket('${type}')`;
  const { only } = kinds[type];
  if (only === 'engine') {
    if (choice === 'native')
      throw new UnsupportedError(`${of}: zeromq.js has no sockets of this type; driver: 'engine' does`);
    if (nativeOption !== undefined) {
      throw new UnsupportedError(
        `${of}: option '${nativeOption}' is libzmq's, but only the engine has sockets of this type`,
      );
    }
    return pickDriver(of, endpoints, 'engine');
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
  return pickDriver(of, endpoints, isNative ? 'native' : choice);
}
