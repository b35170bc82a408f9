import { provideContexts } from '../basics/callerContext.js';
import { shared } from '../basics/shared.js';
import { OtherThreads } from '../engine/carriers/node/OtherThreads.js';
import type { Driver, SocketListener } from '../driver/Socket.js';
import type { RawListener, RawSettings, RawSocket } from '../driver/RawSocket.js';
import type { AnySocketSettings } from '../driver/AnySocketSettings.js';
import { afterTask } from '../engine/carriers/node/afterTask.js';
import { captureContext } from '../engine/carriers/node/captureContext.js';
import { newKeyPair as newPair, privateKeyOf, publicKeyOf as publicPartOf } from '../engine/carriers/node/curveKeys.js';
import { ipcCarrier } from '../engine/carriers/node/ipc.js';
import { tcpCarrier } from '../engine/carriers/node/tcp.js';
import type { EngineContext } from '../engine/context/EngineContext.js';
import { Flusher } from '../engine/context/Flusher.js';
import { InprocNames } from '../engine/context/InprocNames.js';
import { Loop } from '../engine/context/Loop.js';
import { engineDriver as engineDriverIn } from '../engine/engineDriver.js';
import type { EngineSocket } from '../engine/EngineSocket.js';
import { openEngineSocket as openIn } from '../engine/openEngineSocket.js';
import { RawNativeSocket } from '../native/RawNativeSocket.js';
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

/** The driver in TypeScript, for sources and sinks. */
export const engineDriver: Driver = /* @__PURE__ */ engineDriverIn(presentContext);

/** Opens a socket of any type that the engine has. */
export function openEngineSocket(
  settings: AnySocketSettings,
  listener: SocketListener,
  context: EngineContext = presentContext(),
): EngineSocket {
  return openIn(settings, listener, context);
}

/** Whether there is libzmq: the package zeromq, if it is installed. */
export const hasNative: boolean = true;

export { nativeDriver } from '../native/nativeDriver.js';

/** Opens a socket of any type that libzmq has. */
export function openNativeSocket(settings: RawSettings, listener: RawListener): RawSocket {
  return new RawNativeSocket(settings, listener);
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
