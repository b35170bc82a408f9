import { joined } from '../../basics/bytes.js';
import { ascii, textOf } from './ascii.js';
import type { HandshakeSettings } from './HandshakeSettings.js';
import { MetadataError } from './MetadataError.js';
import { quote } from './quote.js';
import { saysIdentity } from './socketTypes.js';
import { talkTo } from './talkTo.js';
import { ZmtpError } from './ZmtpError.js';

/** The metadata of a peer in READY or INITIATE. */
export interface Metadata {
  readonly socketType: string;
  readonly identity: Uint8Array;
  readonly properties: ReadonlyMap<string, Uint8Array>;
}

/** A property takes more bytes in memory than on the wire, so their number has its own limit. */
const MAX_PROPERTIES = 256;
const NO_BYTES = new Uint8Array(0);

/**
 * Encodes the metadata of this side for READY or INITIATE.
 *
 * @throws ZmtpError if the name of a property is empty, not ASCII, or longer than 255 bytes
 */
export function encodeMetadata({ socketType, identity, properties }: HandshakeSettings): Uint8Array {
  const parts = property('Socket-Type', ascii(socketType));
  if (saysIdentity(socketType)) parts.push(...property('Identity', identity));
  for (const [name, value] of properties) parts.push(...property(name, value));
  return joined(...parts);
}

function property(name: string, value: Uint8Array): Uint8Array[] {
  // The names that RFC 23 allows.
  if (!/^[\w.+-]{1,255}$/.test(name)) throw new ZmtpError(`a property cannot be named ${quote(ascii(name))}`);
  const head = new Uint8Array(1 + name.length + 4);
  head[0] = name.length;
  head.set(ascii(name), 1);
  new DataView(head.buffer).setUint32(1 + name.length, value.length);
  return [head, value];
}

/**
 * Parses the metadata of a peer, from memory that may change afterwards. Names are compared without regard to case, as RFC 23
 * requires. Of several properties with one name the first counts, but every Socket-Type must be one that this side talks to.
 *
 * @throws MetadataError if it is malformed, or if its socket type does not fit ours
 */
export function parseMetadata(bytes: Uint8Array, ownType: string): Metadata {
  const properties = new Map<string, Uint8Array>();
  const own = bytes.slice();
  let socketType: string | undefined;
  let identity: Uint8Array | undefined;
  let count = 0;
  for (let at = 0; at < own.length;) {
    const nameEnd = at + 1 + own[at]!;
    const valueStart = nameEnd + 4;
    if (valueStart > own.length) throw new MetadataError(`malformed metadata: the name at byte ${at} is cut off`);
    const length = lengthAt(own, nameEnd);
    if (length > own.length - valueStart) {
      throw new MetadataError(`malformed metadata: a value of ${length} bytes at byte ${valueStart} is cut off`);
    }
    if ((count += 1) > MAX_PROPERTIES) throw new MetadataError(`metadata of more than ${MAX_PROPERTIES} properties`);
    const name = textOf(own.subarray(at + 1, nameEnd));
    const value = own.subarray(valueStart, valueStart + length);
    at = valueStart + length;
    if (!properties.has(name)) properties.set(name, value);
    const folded = name.toLowerCase();
    if (folded === 'socket-type') {
      const type = checkedType(value, ownType); // of each of them
      socketType ??= type;
    } else if (folded === 'identity') identity ??= value;
  }
  return { socketType: socketType ?? '', identity: identity ?? NO_BYTES, properties };
}

function lengthAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! * 0x1000000 + ((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
}

function checkedType(value: Uint8Array, ownType: string): string {
  const type = textOf(value);
  if (!talkTo(ownType, type))
    throw new MetadataError(`a ${ownType} socket does not talk to one of type ${quote(value)}`);
  return type;
}
