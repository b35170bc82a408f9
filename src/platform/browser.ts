import { describe } from '../basics/describe.js';
import { browserChannels } from '../browser/browserChannels.js';
import { pageOrigin } from '../browser/pageOrigin.js';
import type { Driver, Drivers } from '../driver/Driver.js';
import type { EngineSurroundings } from '../engine/EngineSurroundings.js';
import { Flusher } from '../engine/context/Flusher.js';
import { Loop } from '../engine/context/Loop.js';
import { DealerPattern } from '../engine/patterns/reqrep/DealerPattern.js';
import { patternFactory, type PatternTable } from '../engine/patterns/patternFactory.js';
import { PubPattern } from '../engine/patterns/pubsub/PubPattern.js';
import { PullPattern } from '../engine/patterns/pipeline/PullPattern.js';
import { PushPattern } from '../engine/patterns/pipeline/PushPattern.js';
import { RouterPattern } from '../engine/patterns/reqrep/RouterPattern.js';
import { FewSubPattern } from '../engine/patterns/pubsub/FewSubPattern.js';
import type { EndpointKind } from '../engine/EndpointKind.js';
import { pageKind } from '../engine/pageKind.js';
import type { Outgoing } from '../engine/web/Outgoing.js';
import { sendsMessages } from '../engine/web/sendsMessages.js';
import { sendsNothing } from '../engine/web/sendsNothing.js';
import { engineDriver } from '../engine/engineDriver.js';
import { UnsupportedError } from '../errors.js';
import type * as node from './node.js';
import { currentEnvironment } from './VirtualEnvironment.js';

// The platform of browsers: the same exports as node.ts. In a browser, the only connections are to gateways.

const settled = Promise.resolve();

const loop = new Loop();
/** Written messages are sent in a microtask: after the task that wrote them. */
const flusher = new Flusher((callback) => void settled.then(callback));

/** The environment of a page or worker, with one kind of endpoints; within a run in virtual time it is that of the run. */
function contextWith(kind: EndpointKind): () => EngineSurroundings {
  const context: EngineSurroundings = {
    carriers: {},
    get inproc(): never {
      throw unsupported('inproc');
    },
    get channels() {
      if ('WebSocket' in globalThis) return browserChannels;
      throw new UnsupportedError("no WebSocket: before Node 22, import 'rxzmq' and install ws");
    },
    kinds: [kind],
    loop,
    flusher,
    loadCurve: () => Promise.reject(unsupported('CURVE')),
  };
  return () => currentEnvironment()?.context ?? context;
}

export const engineTransports: readonly string[] = ['wss', 'ws'];

export function hasOwnHost(): boolean {
  return pageOrigin() !== undefined;
}

/** The console of a page shows each WebSocket that fails. */
export const watchMisconfiguration: typeof node.watchMisconfiguration = () => undefined;
export const watchFirstFrames: typeof node.watchFirstFrames = () => undefined;

/** A page is no program that was written for zeromq.js. */
export const refuseZeroMQNames: typeof node.refuseZeroMQNames = () => undefined;

/** A path has no host in Deno, Bun and Node. */
export const beyondEngine: typeof node.beyondEngine = (of, endpoint) => {
  throw new UnsupportedError(
    endpoint.startsWith('/')
      ? `${of}: ${describe(endpoint)} is a path on the host that a page came from; here write wss://host${endpoint}`
      : `${of}: nothing here can do ${describe(endpoint)}, only ${engineTransports.join(', ')}`,
  );
};

/** The drivers of one function: a bundle has only the patterns that it needs. */
function driversOf(table: PatternTable, outgoing: Outgoing): Drivers {
  return {
    engine: engineDriver(patternFactory(table), contextWith(pageKind(outgoing))),
    get native(): Driver {
      throw unsupported("driver: 'native'");
    },
  };
}

export const subDrivers: Drivers = /* @__PURE__ */ driversOf({ sub: FewSubPattern }, sendsNothing);
export const pullDrivers: Drivers = /* @__PURE__ */ driversOf({ pull: PullPattern }, sendsNothing);
export const pubDrivers: Drivers = /* @__PURE__ */ driversOf({ pub: PubPattern }, sendsMessages);
export const pushDrivers: Drivers = /* @__PURE__ */ driversOf({ push: PushPattern }, sendsMessages);
export const requestDrivers: Drivers = /* @__PURE__ */ driversOf({ dealer: DealerPattern }, sendsMessages);
export const replyDrivers: Drivers = /* @__PURE__ */ driversOf({ router: RouterPattern }, sendsMessages);

/** Sockets of any type, with all their patterns, are too large for a page. */
export const socketDrivers: Drivers = {
  get engine(): Driver {
    throw unsupported('openSocket');
  },
  get native(): Driver {
    throw unsupported('openSocket');
  },
};

export const isSecurity: typeof node.isSecurity = () => {
  throw unsupported("option 'security'");
};

export const socketSecurity: typeof node.socketSecurity = () => ({});

export function requireSecurable(): void {}

let overNats: Driver | undefined;

export function natsEndpointDriver(): Driver {
  if (overNats === undefined) {
    throw new UnsupportedError("nats endpoints need import 'rxzmq/nats' in a page, or registerNats() of it");
  }
  return overNats;
}

export function registerNatsDriver(driver: Driver): void {
  overNats = driver;
}

/** Workers of the page. */
export { openThread } from '../workers/browser/openThread.js';
export { checkPageEndpoints as checkEndpoints } from '../driver/pageEndpoints.js';

/** There are no contexts to be in. */
export const inCallerContext: typeof node.inCallerContext = (settings, listener) => [settings, listener];

export function supportsAbstractNames(): boolean {
  return false;
}

export function makeWayFor(_path: string, done: (reason: Error | undefined) => void): void {
  done(unsupported('ipc'));
}

export function setPermissions(_path: string, _mode: number, done: (reason: Error | undefined) => void): void {
  done(unsupported('ipc'));
}

export function parseAddressRange(_text: string): never {
  throw unsupported("a list of addresses in option 'security'");
}

export function inRanges(_ranges: readonly unknown[]): (address: string) => boolean {
  throw unsupported("a list of addresses in option 'security'");
}

/** Peers over inproc have no address. */
export function plainAddress(address: string): string {
  return address;
}

export function newKeyPair(): { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array } {
  throw unsupported('CURVE');
}

export function publicKeyOf(_secretKey: Uint8Array): Uint8Array {
  throw unsupported('CURVE');
}

function unsupported(what: string): UnsupportedError {
  return new UnsupportedError(
    `a page cannot have ${what}, Node can; a page connects to a gateway: 'wss://host/path', or '/path'`,
  );
}
