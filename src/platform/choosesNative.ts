import type { DriverChoice } from './pickDriver.js';

/** Whether option `driver` asks for libzmq, whose `ws://` is another wire than the engine's. */
export function choosesNative(choice: DriverChoice | undefined): boolean {
  return choice === 'native';
}
