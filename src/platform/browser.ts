import { browserChannels } from '../browser/browserChannels.js';
import { pageOrigin } from '../browser/pageOrigin.js';
import type { Driver, Drivers } from '../driver/Driver.js';
import type { EngineSurroundings } from '../engine/EngineSurroundings.js';
import { Flusher } from '../engine/context/Flusher.js';
import { InprocNames } from '../engine/context/InprocNames.js';
import { Loop } from '../engine/context/Loop.js';
import { createEndpointPattern } from '../engine/createEndpointPattern.js';
import { createPattern } from '../engine/createPattern.js';
import { webKind } from '../engine/webKind.js';
import { engineDriver } from '../engine/engineDriver.js';
import { UnsupportedError } from '../errors.js';
import { currentEnvironment } from './VirtualEnvironment.js';

// What a browser offers: the same exports as node.ts. It has no carriers, so that inproc is all there is.

const settled = Promise.resolve();

/** The surroundings of a page or worker. What was written leaves in a microtask: after the task that wrote it. */
const realmContext: EngineSurroundings = {
  carriers: {},
  inproc: new InprocNames(),
  channels: browserChannels,
  kinds: [webKind],
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

export const hasNative: boolean = false;

/** Stands for libzmq, which no browser has. */
const nativeDriver: Driver = {
  name: 'native',
  capabilities: {
    copiesAtOnce: false,
    tellsReleased: false,
    tellsPeer: false,
    withdraws: false,
    countsLeftover: false,
    tellsLater: false,
    settles: false,
    runsInVirtualTime: false,
  },
  open: () => {
    throw unsupported("driver: 'native'");
  },
};

export const endpointDrivers: Drivers = {
  engine: /* @__PURE__ */ engineDriver(createEndpointPattern, presentContext),
  native: nativeDriver,
};

export const socketDrivers: Drivers = {
  engine: /* @__PURE__ */ engineDriver(createPattern, presentContext),
  native: nativeDriver,
};

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
  return new UnsupportedError(`a browser cannot have ${what}; Node can`);
}
