import type { DriverChoice } from './pickDriver.js';

/** Whether option `driver` selects libzmq, whose `ws://` is a different protocol from the engine's. */
export function choosesNative(choice: DriverChoice | undefined): boolean {
  return choice === 'native';
}
