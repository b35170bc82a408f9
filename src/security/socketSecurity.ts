import type { SocketSecurity } from '../driver/DriverSecurity.js';
import { inRanges, parseAddressRange, plainAddress } from '../engine/carriers/node/addressRanges.js';
import { newKeyPair, publicKeyOf } from '../engine/carriers/node/keyBytes.js';
import type * as engine from '../driver/DriverSecurity.js';
import { encodeZ85 } from '../basics/z85.js';
import { aside } from '../demand/aside.js';
import { OptionError, UnsupportedError } from '../errors.js';
import type { Authenticate, Credentials } from '../security/Credentials.js';
import { requireKey } from '../security/requireKey.js';
import type { AddressLists, Security } from '../security/Security.js';
import { isInproc } from '../driver/endpoints.js';
import { describe } from '../basics/describe.js';

/**
 * The settings for drivers from option `security`, which has passed its rule.
 *
 * @throws UnsupportedError if an endpoint has no security, OptionError if its peers have no addresses to list
 */
export function socketSecurity(
  of: string,
  security: Security | undefined,
  endpoints: readonly string[],
  isOverWeb: (endpoint: string) => boolean,
): SocketSecurity {
  if (security === undefined) return {};
  const told = { security: translated(security), admits: admission(security) };
  if (told.security === undefined && told.admits === undefined) return {}; // NULL, as without it
  for (const endpoint of endpoints) requireSecurable(of, security, endpoint, isOverWeb(endpoint));
  return told;
}

/**
 * Checks that an endpoint can have this security.
 *
 * @throws UnsupportedError, OptionError
 */
export function requireSecurable(of: string, security: Security, endpoint: string, isOverWeb: boolean): void {
  if (isOverWeb) {
    throw new UnsupportedError(
      `${of}: ${describe(endpoint)} has no option 'security': wss:// encrypts, option 'token' authenticates you to the gateway`,
    );
  }
  if (isInproc(endpoint)) {
    throw new UnsupportedError(
      `${of}: ${describe(endpoint)} has no security, as both its sides are in one process: leave out 'security', or use tcp or ipc`,
    );
  }
  const list = (['allow', 'deny'] as const).find((name) => security[name] !== undefined);
  if (list !== undefined && endpoint.startsWith('ipc://')) {
    const text = `${of}: option 'security.${list}' is for tcp: peers at ${describe(endpoint)} have no IP address, got ${describe(security[list])}; files have permissions`;
    throw new OptionError(`security.${list}`, security[list], text);
  }
}

function translated(security: Security): engine.DriverSecurity | undefined {
  const { mechanism } = security;
  const authenticate = security.authenticate && asking(security.authenticate as Authenticate);
  if (mechanism === 'null') return authenticate && { mechanism, authenticate };
  if (mechanism === 'plain') {
    if (security.username === undefined) return { mechanism, authenticate: authenticate! };
    return { mechanism, username: security.username, password: security.password };
  }
  if (security.serverKey === undefined) {
    return { mechanism, secretKey: keyOf(security.secretKey), authenticate };
  }
  const serverKey = keyOf(security.serverKey);
  if (security.secretKey === undefined) {
    const { publicKey, secretKey } = newKeyPair();
    return { mechanism, serverKey, publicKey, secretKey };
  }
  const secretKey = keyOf(security.secretKey);
  return { mechanism, serverKey, publicKey: publicKeyOf(secretKey), secretKey };
}

function keyOf(key: unknown): Uint8Array {
  return requireKey('security', 'security', key);
}

/** The user's function, as drivers call it. */
function asking(authenticate: Authenticate): engine.Authenticate {
  return (who) => {
    const answer = aside(undefined, () => authenticate(publicCredentials(who)));
    return typeof answer === 'object' && answer !== null
      ? Promise.resolve(answer).then(withoutEmpty)
      : withoutEmpty(answer);
  };
}

/** '' is not a valid user id: it is what a failed look-up often returns. */
function withoutEmpty(answer: boolean | string): boolean | string {
  return answer !== '' && answer;
}

function publicCredentials({ mechanism, ...who }: engine.Credentials): Credentials {
  const address = plainAddress(who.address);
  if (mechanism === 'plain') return { mechanism, address, username: who.username!, password: who.password! };
  if (mechanism === 'curve') return { mechanism, address, publicKey: encodeZ85(who.publicKey!) };
  return { mechanism, address };
}

function admission({ allow, deny = [] }: AddressLists): ((address: string) => boolean) | undefined {
  if (allow === undefined && deny.length === 0) return undefined;
  const isAllowed = allow && ranges(allow);
  const isDenied = ranges(deny);
  return (address) => (isAllowed === undefined || isAllowed(address)) && !isDenied(address);
}

function ranges(list: readonly string[]): (address: string) => boolean {
  return inRanges(list.map((text) => parseAddressRange(text)!));
}
