import { ascii } from './ascii.js';

/** So far a greeting goes before the peer must be known to speak ZMTP 2.0 or above. */
export const SIGNATURE_BYTES = 10;
/** With the byte that tells the revision: the major version, from 3 up. */
export const REVISION_BYTES = 11;
/** A whole greeting of ZMTP 3. */
export const GREETING_BYTES = 64;
/** The revision that ZMTP 2.0 has. */
export const REVISION_2_0 = 1;
/** The revision, and major version, that we say. */
export const REVISION_3 = 3;

const MINOR = 1;
const MECHANISM_AT = 12;
const MECHANISM_BYTES = 20;

/** The first bytes of all. The eight in the middle count the routing id, as libzmq has it; peers must not mind them. */
export function signature(identity: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(SIGNATURE_BYTES);
  bytes[0] = 0xff;
  new DataView(bytes.buffer).setUint32(5, identity.length + 1);
  bytes[9] = 0x7f;
  return bytes;
}

/** Whether these bytes, at least one, can begin a greeting of ZMTP 2.0 or above. */
export function isVersioned(greeting: Uint8Array): boolean {
  return greeting[0] === 0xff && (greeting.length < SIGNATURE_BYTES || (greeting[9]! & 1) === 1);
}

/** What follows the revision. as-server stays 0, as in libzmq, also where we are one: peers read it no more than libzmq does. */
export function greetingRest(mechanism: string): Uint8Array {
  const bytes = new Uint8Array(GREETING_BYTES - REVISION_BYTES);
  bytes[0] = MINOR;
  bytes.set(ascii(mechanism), MECHANISM_AT - REVISION_BYTES);
  return bytes;
}

/** The ZMTP that a whole greeting offers, as far as we speak it. Whatever is not 3.0 gets 3.1, as from libzmq. */
export function greetingVersion(greeting: Uint8Array): 3 | 3.1 {
  return greeting[10] === REVISION_3 && greeting[11] === 0 ? 3 : 3.1;
}

/** The mechanism's name in a whole greeting, without the zeros that fill it up. */
export function greetingMechanism(greeting: Uint8Array): Uint8Array {
  let end = MECHANISM_AT + MECHANISM_BYTES;
  while (end > MECHANISM_AT && greeting[end - 1] === 0) end -= 1;
  return greeting.subarray(MECHANISM_AT, end);
}
