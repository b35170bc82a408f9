import type { Capabilities, Driver } from '../driver/Driver.js';
import type { EngineSurroundings } from './EngineSurroundings.js';
import { EngineSocket } from './EngineSocket.js';
import type { CreatePattern } from './patterns/patternFactory.js';

const capabilities: Capabilities = {
  copiesAtOnce: true,
  tellsReleased: true,
  tellsPeer: true,
  withdraws: true,
  countsLeftover: true,
  tellsLater: false,
  settles: false,
  confirms: false,
  runsInVirtualTime: true,
};

/**
 * Opens sockets of the engine, of every type that `createPattern` supports.
 *
 * @param context returns the context for a socket that is opened now
 */
export function engineDriver(createPattern: CreatePattern, context: () => EngineSurroundings): Driver {
  return {
    name: 'engine',
    capabilities,
    open: (settings, listener) => new EngineSocket(context(), createPattern, settings, listener),
  };
}
