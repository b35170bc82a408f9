import type { Socket, SocketListener } from '../../src/driver/Socket.js';
import type { SocketSettings } from '../../src/driver/SocketSettings.js';
import type { EngineContext } from '../../src/engine/context/EngineContext.js';
import { createPattern } from '../../src/engine/createPattern.js';
import { inprocKind } from '../../src/engine/inprocKind.js';
import { streamKind } from '../../src/engine/streamKind.js';
import { webKind } from '../../src/engine/webKind.js';
import { engineDriver } from '../../src/engine/engineDriver.js';
import { socketDrivers } from '../../src/platform/node.js';

/** A socket of the engine through its lowest door: in the surroundings of the process, or in others. */
export function openEngineSocket(settings: SocketSettings, listener: SocketListener, context?: EngineContext): Socket {
  const kinds = [inprocKind, webKind, streamKind];
  const driver =
    context === undefined ? socketDrivers.engine : engineDriver(createPattern, () => ({ ...context, kinds }));
  return driver.open(settings, listener);
}
