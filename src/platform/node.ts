import { distance } from 'fastest-levenshtein';
import { provideSpelling } from '../basics/closestName.js';
import { provideContexts } from '../basics/callerContext.js';
import { provideExplanations } from '../codecs/explained.js';
import { withLook } from '../codecs/withLook.js';
import { shared } from '../basics/shared.js';
import { OtherThreads } from '../engine/carriers/node/OtherThreads.js';
import { pageOrigin } from '../browser/pageOrigin.js';
import type { Driver, Drivers } from '../driver/Driver.js';
import { FirstFrames } from '../driver/FirstFrames.js';
import { MisconfigurationWatch, type WatchedSocket } from '../driver/MisconfigurationWatch.js';
import type { SocketStatus } from '../driver/SocketStatus.js';
import { afterTask } from '../engine/carriers/node/afterTask.js';
import { captureContext } from '../engine/carriers/node/captureContext.js';
import { ipcCarrier } from '../engine/carriers/node/ipc.js';
import { readText } from '../engine/carriers/node/readText.js';
import { tcpCarrier } from '../engine/carriers/node/tcp.js';
import type { EngineSurroundings } from '../engine/EngineSurroundings.js';
import { Flusher } from '../engine/context/Flusher.js';
import { InprocNames } from '../engine/context/InprocNames.js';
import { Loop } from '../engine/context/Loop.js';
import { createEndpointPattern } from '../engine/createEndpointPattern.js';
import { createPattern } from '../engine/createPattern.js';
import { inprocKind } from '../engine/inprocKind.js';
import { streamKind } from '../engine/streamKind.js';
import { threadRoutes } from '../engine/web/threadRoutes.js';
import { webKind } from '../engine/webKind.js';
import { engineDriver } from '../engine/engineDriver.js';
import { nodeChannels } from './nodeChannels.js';
import { nativeDriver } from '../native/nativeDriver.js';
import { nativeEndpointDriver } from '../native/nativeEndpointDriver.js';
import { natsDriver } from '../nats/natsDriver.js';
import { loadNats } from '../nats/node/loadNats.js';
import type { Clock } from '../time/Clock.js';
import { currentVirtualTime } from '../time/VirtualTime.js';
import { currentEnvironment } from './VirtualEnvironment.js';

// The platform of Node. Another platform has a file with the same exports; `#platform` in package.json selects the file.

/**
 * The environment of a thread of Node: tcp, ipc, and its inproc names, which all copies of the package share. Written messages are
 * sent after the task that wrote them, before I/O; microtasks would run between the promises of a producer, and cost a system call
 * each.
 */
const threadContext: EngineSurroundings = {
  carriers: { tcp: tcpCarrier, ipc: ipcCarrier },
  inproc: shared('inproc.1', new InprocNames(new OtherThreads())),
  loop: shared('loop.1', new Loop()),
  flusher: new Flusher(afterTask),
  channels: nodeChannels,
  routes: threadRoutes,
  kinds: [inprocKind, webKind, streamKind],
  loadCurve: async () => (await import('../engine/carriers/node/curvePrimitives.js')).loadCurvePrimitives(),
};

/** The environment for new sockets: that of the thread, and within a run in virtual time that of the run. */
function presentContext(): EngineSurroundings {
  return currentEnvironment()?.context ?? threadContext;
}

/** The transports of the engine on this platform. */
export const engineTransports: readonly string[] = ['tcp', 'ipc', 'inproc', 'wss', 'gateway'];

/** Whether a path is one on a host of its own: a program came from none. */
export function hasOwnHost(): boolean {
  return pageOrigin() !== undefined;
}

/** The drivers of sources and sinks. */
const endpointDrivers: Drivers = {
  engine: /* @__PURE__ */ engineDriver(createEndpointPattern, presentContext),
  native: nativeEndpointDriver,
};

/** The same for each function: a platform where code size matters has only what the function needs. */
export const subDrivers = endpointDrivers;
export const pullDrivers = endpointDrivers;
export const pubDrivers = endpointDrivers;
export const pushDrivers = endpointDrivers;
export const requestDrivers = endpointDrivers;
export const replyDrivers = endpointDrivers;

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

/** Nothing: Node needs no registration. */
export function registerNatsDriver(_driver: Driver): void {
  // a page has to be told
}

export { checkEndpoints } from '../driver/endpoints.js';
export { supportsAbstractNames } from '../engine/carriers/node/ipc.js';
export { makeWayFor, setPermissions } from '../engine/carriers/node/socketFilePlace.js';
export { inRanges, parseAddressRange, plainAddress } from '../engine/carriers/node/addressRanges.js';

export { newKeyPair, publicKeyOf } from '../engine/carriers/node/keyBytes.js';
/** Follows the statuses of a socket without an observer, and warns about what will not mend itself. A peer that a test takes away is no fault. */
export function watchMisconfiguration(socket: WatchedSocket): ((status: SocketStatus) => void) | undefined {
  const watch = new MisconfigurationWatch(socket);
  const time = currentVirtualTime();
  return (status) => {
    if (time?.isStaged(status.endpoint) !== true) watch.hear(status);
  };
}

/** Follows whether anybody gets the first frames of a publisher. */
export function watchFirstFrames(of: string, endpoints: readonly string[], clock: Clock): FirstFrames | undefined {
  return new FirstFrames(of, endpoints, clock);
}

export { refuseZeroMQNames } from '../options/refuseZeroMQNames.js';
export { isSecurity } from '../security/securityRules.js';
export { requireSecurable, socketSecurity } from '../security/socketSecurity.js';

export { openThread } from '../workers/node/openThread.js';
export { beyondEngine } from './beyondEngine.js';
export { inCallerContext } from './inCallerContext.js';

provideContexts(captureContext);
provideSpelling(distance);
provideExplanations(withLook);
