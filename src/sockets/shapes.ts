import { utf8Of } from '../basics/utf8.js';
import type { Parts } from '../basics/Parts.js';
import { isShared } from '../samples/checkSamples.js';
import { MAX_GROUP_BYTES } from '../driver/groups.js';
import { OptionError } from '../errors.js';
import { describe } from '../basics/describe.js';
import type { SocketType } from '../driver/SocketSettings.js';
import type { Datagram, GroupMessage, RoutedMessage } from './messages.js';

/** Converts between the messages of users and those of drivers, which know only parts. */
export interface Shape {
  /** @throws OptionError if it is not a message of this shape */
  encode(type: SocketType, message: unknown): Parts;
  decode(parts: Parts): unknown;
}

let decoder: InstanceType<typeof TextDecoder> | undefined;

/** A text of a peer; bytes that are not UTF-8 become U+FFFD. */
function textOf(bytes: Uint8Array | undefined): string {
  decoder ??= new TextDecoder('utf-8', { ignoreBOM: true });
  return decoder.decode(bytes);
}

const MAX_ROUTING_ID = 2 ** 32 - 1;

/** Any number of parts. */
export const parts: Shape = {
  encode(type, message) {
    if (!Array.isArray(message)) return [partOf(type, message, 'a string, a Uint8Array or an array of them')];
    if (message.length === 0) return refuse(type, message, 'must have at least one part');
    return partsOf(type, message as unknown[]);
  },
  decode: (received) => received,
};

/** The routing id of a peer, then any number of parts. */
export const addressed: Shape = {
  encode(type, message) {
    if (Array.isArray(message) && message.length > 0) return partsOf(type, message as unknown[]);
    return refuse(
      type,
      message,
      `must be an array of the peer's routing id and the parts for it, got ${describe(message)}`,
    );
  },
  decode: (received) => received,
};

/** The routing id of a peer and a piece of its stream. */
export const pieces: Shape = {
  encode(type, message) {
    if (Array.isArray(message) && message.length === 2) return partsOf(type, message as unknown[]);
    return refuse(type, message, `must be an array of the peer's routing id and data, got ${describe(message)}`);
  },
  decode: (received) => received,
};

/** One part. */
export const single: Shape = {
  encode(type, message) {
    if (Array.isArray(message)) {
      return refuse(type, message, `must be one part, a string or Uint8Array, got ${describe(message)}`);
    }
    return [partOf(type, message, 'one part, a string or Uint8Array')];
  },
  decode: (received) => received[0],
};

/** The number of a peer and one part. */
export const routed: Shape = {
  encode(type, message) {
    const { routingId, data } = fieldsOf<RoutedMessage>(type, message, '{ routingId, data }');
    if (!isRoutingNumber(routingId)) {
      return refuse(
        type,
        message,
        `must have a routingId that is an integer from 1 to ${MAX_ROUTING_ID}, got ${describe(routingId)}`,
      );
    }
    return [numberBytes(routingId), dataOf(type, data)];
  },
  decode: ([id, data]): RoutedMessage => ({
    routingId: new DataView(id!.buffer, id!.byteOffset).getUint32(0),
    data: data!,
  }),
};

/** A group and one part. */
export const grouped: Shape = {
  encode(type, message) {
    const { group, data } = fieldsOf<GroupMessage>(type, message, '{ group, data }');
    const bytes = groupBytes(group);
    if (bytes === undefined)
      return refuse(type, message, `must have a group that is ${GROUP_RULE}, got ${describe(group)}`);
    return [bytes, dataOf(type, data)];
  },
  decode: ([group, data]): GroupMessage => ({ group: textOf(group), data: data! }),
};

/** An address and one part. */
export const datagrams: Shape = {
  encode(type, message) {
    const { address, data } = fieldsOf<Datagram>(type, message, '{ address, data }');
    if (typeof address !== 'string' || !/^\d+(\.\d+){3}:\d+$/.test(address)) {
      return refuse(type, message, `must have an address such as '127.0.0.1:5555', got ${describe(address)}`);
    }
    return [utf8Of(address), dataOf(type, data)];
  },
  // libzmq ends the address with a NUL
  decode: ([address, data]): Datagram => ({
    address: textOf(address).replace(/\0+$/, ''),
    data: data!,
  }),
};

/** Whether it can be the number of a peer. */
export function isRoutingNumber(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_ROUTING_ID;
}

/** The number of a peer, as drivers represent it. */
export function numberBytes(routingId: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, routingId);
  return bytes;
}

/** The rule for a group. */
export const GROUP_RULE = `a string of at most ${MAX_GROUP_BYTES} bytes without NUL`;

/** A group, as drivers represent it; `undefined`: it is not valid. */
export function groupBytes(group: unknown): Uint8Array | undefined {
  const bytes = typeof group === 'string' ? utf8Of(group) : undefined;
  return bytes !== undefined && bytes.length <= MAX_GROUP_BYTES && !bytes.includes(0) ? bytes : undefined;
}

function partsOf(type: SocketType, message: readonly unknown[]): Parts {
  if (message.every(isBytes)) return message.slice();
  return message.map((part, i) => partOf(type, part, `strings and Uint8Arrays (part ${i} is not)`));
}

function partOf(type: SocketType, part: unknown, expected: string): Uint8Array {
  if (typeof part === 'string') return utf8Of(part);
  if (isBytes(part)) return part;
  return refuse(type, part, `must be ${expected}, got ${describe(part)}`);
}

function dataOf(type: SocketType, data: unknown): Uint8Array {
  if (typeof data === 'string') return utf8Of(data);
  if (isBytes(data)) return data;
  return refuse(type, data, `must have data that is one part, a string or Uint8Array, got ${describe(data)}`);
}

function fieldsOf<T>(type: SocketType, message: unknown, expected: string): Partial<T> {
  if (typeof message === 'object' && message !== null && !Array.isArray(message) && !ArrayBuffer.isView(message)) {
    return message;
  }
  return refuse(type, message, `must be ${expected}, got ${describe(message)}`);
}

/** Memory that another thread could change while it is sent is not accepted. */
function isBytes(part: unknown): part is Uint8Array {
  if (!ArrayBuffer.isView(part) || (part as Uint8Array)[Symbol.toStringTag] !== 'Uint8Array') return false;
  return part.buffer instanceof ArrayBuffer || !isShared(part.buffer);
}

function refuse(type: SocketType, message: unknown, reason: string): never {
  throw new OptionError('message', message, `openSocket('${type}'): a message ${reason}`);
}
