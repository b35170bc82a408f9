import { provideContexts } from '../basics/callerContext.js';
import { shared } from '../basics/shared.js';
import { OtherThreads } from '../engine/carriers/node/OtherThreads.js';
import type { Driver, Drivers } from '../driver/Driver.js';
import { afterTask } from '../engine/carriers/node/afterTask.js';
import { captureContext } from '../engine/carriers/node/captureContext.js';
import { newKeyPair as newPair, privateKeyOf, publicKeyOf as publicPartOf } from '../engine/carriers/node/curveKeys.js';
import { ipcCarrier } from '../engine/carriers/node/ipc.js';
import { readText } from '../engine/carriers/node/readText.js';
import { tcpCarrier } from '../engine/carriers/node/tcp.js';
import type { EngineContext } from '../engine/context/EngineContext.js';
import { Flusher } from '../engine/context/Flusher.js';
import { InprocNames } from '../engine/context/InprocNames.js';
import { Loop } from '../engine/context/Loop.js';
import { createEndpointPattern } from '../engine/createEndpointPattern.js';
import { createPattern } from '../engine/createPattern.js';
import { engineDriver } from '../engine/engineDriver.js';
import { nativeDriver } from '../native/nativeDriver.js';
import { nativeEndpointDriver } from '../native/nativeEndpointDriver.js';
import { natsDriver } from '../nats/natsDriver.js';
import { loadNats } from '../nats/node/loadNats.js';
import { currentEnvironment } from './VirtualEnvironment.js';

// What Node offers. Another platform has a file with the same exports; `#platform` in package.json says which one is taken.

/**
 * The surroundings of a thread of Node: tcp, ipc, and the inproc names it has, which all copies of the package share. What was written leaves after the
 * task that wrote it, before I/O; microtasks would come between a producer's promises, and cost a write each.
 */
const threadContext: EngineContext = {
  carriers: { tcp: tcpCarrier, ipc: ipcCarrier },
  inproc: shared('inproc.1', new InprocNames(new OtherThreads())),
  loop: shared('loop.1', new Loop()),
  flusher: new Flusher(afterTask),
  loadCurve: async () => (await import('../engine/carriers/node/curvePrimitives.js')).loadCurvePrimitives(),
};

/** The surroundings that sockets are opened in: those of the thread, and within a run in virtual time those of the run. */
function presentContext(): EngineContext {
  return currentEnvironment()?.context ?? threadContext;
}

/** The transports that the engine has here. */
export const engineTransports: readonly string[] = ['tcp', 'ipc', 'inproc'];

/** Whether there is libzmq: the package zeromq, if it is installed. */
export const hasNative: boolean = true;

/** The drivers of sources and sinks. */
export const endpointDrivers: Drivers = {
  engine: /* @__PURE__ */ engineDriver(createEndpointPattern, presentContext),
  native: nativeEndpointDriver,
};

/** The drivers of sockets of any type. */
export const socketDrivers: Drivers = {
  engine: /* @__PURE__ */ engineDriver(createPattern, presentContext),
  native: nativeDriver,
};

const overNats: Driver = /* @__PURE__ */ natsDriver(loadNats(readText));

/** The driver of `nats://` endpoints. */
export function natsEndpointDriver(): Driver {
  return overNats;
}

/** Nothing: it is here already. */
export function registerNatsDriver(_driver: Driver): void {
  // a page has to be told
}

export { supportsAbstractNames } from '../engine/carriers/node/ipc.js';
export { makeWayFor, setPermissions } from '../engine/carriers/node/socketFilePlace.js';
export { inRanges, parseAddressRange, plainAddress } from '../engine/carriers/node/addressRanges.js';

/** A new pair of keys for CURVE, 32 bytes each. */
export function newKeyPair(): { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array } {
  return newPair();
}

/** The public key of a secret one, 32 bytes each. */
export function publicKeyOf(secretKey: Uint8Array): Uint8Array {
  return publicPartOf(privateKeyOf(secretKey));
}

provideContexts(captureContext);
