import { ascii } from './ascii.js';

/** The first part of a greeting. Behind it this side must know that the peer speaks ZMTP 2.0 or above. */
export const SIGNATURE_BYTES = 10;
/** With the revision byte: from 3 on it is the major version. */
export const REVISION_BYTES = 11;
/** A whole greeting of ZMTP 3. */
export const GREETING_BYTES = 64;
/** The revision of ZMTP 2.0. */
export const REVISION_2_0 = 1;
/** The revision, and major version, that this side sends. */
export const REVISION_3 = 3;

const MINOR = 1;
const MECHANISM_AT = 12;
const MECHANISM_BYTES = 20;

/** The first bytes on the wire. The eight in the middle are the length of the routing id plus 1, as in libzmq; peers must ignore them. */
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

/** The greeting after the revision. as-server is always 0, as in libzmq, even for a server: like libzmq, peers do not read it. */
export function greetingRest(mechanism: string): Uint8Array {
  const bytes = new Uint8Array(GREETING_BYTES - REVISION_BYTES);
  bytes[0] = MINOR;
  bytes.set(ascii(mechanism), MECHANISM_AT - REVISION_BYTES);
  return bytes;
}

/** The ZMTP version for the peer of a whole greeting. Any version other than 3.0 gets 3.1, as in libzmq. */
export function greetingVersion(greeting: Uint8Array): 3 | 3.1 {
  return greeting[10] === REVISION_3 && greeting[11] === 0 ? 3 : 3.1;
}

/** The name of the mechanism in a whole greeting, without the zeros at its end. */
export function greetingMechanism(greeting: Uint8Array): Uint8Array {
  let end = MECHANISM_AT + MECHANISM_BYTES;
  while (end > MECHANISM_AT && greeting[end - 1] === 0) end -= 1;
  return greeting.subarray(MECHANISM_AT, end);
}
