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
import { pageKind } from '../engine/pageKind.js';
import { engineDriver } from '../engine/engineDriver.js';
import { UnsupportedError } from '../errors.js';
import type * as node from './node.js';
import { currentEnvironment } from './VirtualEnvironment.js';

// The platform of browsers: the same exports as node.ts. In a browser, the only connections are to gateways.

const settled = Promise.resolve();

/** The environment of a page or worker. Written messages are sent in a microtask: after the task that wrote them. */
const realmContext: EngineSurroundings = {
  carriers: {},
  get inproc(): never {
    throw unsupported('inproc');
  },
  channels: browserChannels,
  kinds: [pageKind],
  loop: new Loop(),
  flusher: new Flusher((callback) => void settled.then(callback)),
  loadCurve: () => Promise.reject(unsupported('CURVE')),
};

function presentContext(): EngineSurroundings {
  return currentEnvironment()?.context ?? realmContext;
}

export const engineTransports: readonly string[] = ['wss', 'ws'];

export function hasOwnHost(): boolean {
  return pageOrigin() !== undefined;
}

/** A path has no host in Deno, Bun and Node. */
export const beyondEngine: typeof node.beyondEngine = (of, endpoint) => {
  throw new UnsupportedError(
    endpoint.startsWith('/')
      ? `${of}: ${describe(endpoint)} is a path on the host that a page came from; here write wss://host${endpoint}`
      : `${of}: nothing here can do ${describe(endpoint)}, only ${engineTransports.join(', ')}`,
  );
};

/** The drivers of one function: a bundle has only the patterns that it needs. */
function driversOf(table: PatternTable): Drivers {
  return {
    engine: engineDriver(patternFactory(table), presentContext),
    get native(): Driver {
      throw unsupported("driver: 'native'");
    },
  };
}

export const subDrivers: Drivers = /* @__PURE__ */ driversOf({ sub: FewSubPattern });
export const pullDrivers: Drivers = /* @__PURE__ */ driversOf({ pull: PullPattern });
export const pubDrivers: Drivers = /* @__PURE__ */ driversOf({ pub: PubPattern });
export const pushDrivers: Drivers = /* @__PURE__ */ driversOf({ push: PushPattern });
export const requestDrivers: Drivers = /* @__PURE__ */ driversOf({ dealer: DealerPattern });
export const replyDrivers: Drivers = /* @__PURE__ */ driversOf({ router: RouterPattern });

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
