import { joined } from '../../basics/bytes.js';
import { ascii } from './ascii.js';
import { ZmtpError } from './ZmtpError.js';

const SUBSCRIBE = commandName('SUBSCRIBE');
const CANCEL = commandName('CANCEL');
const JOIN = commandName('JOIN');
const LEAVE = commandName('LEAVE');
const PING = commandName('PING');
const PONG = commandName('PONG');
const ERROR = commandName('ERROR');

/** The longest group that JOIN and LEAVE can name. */
export const MAX_GROUP_BYTES = 255;
/** The longest context of PING and PONG. */
export const MAX_CONTEXT_BYTES = 16;
/** The longest reason of an ERROR. */
export const MAX_REASON_BYTES = 255;
const MAX_TTL_TENTHS = 0xffff;

/** A command's name as its body begins with it: length, then text, shorter than 128 characters. */
export function commandName(name: string): Uint8Array {
  return ascii(String.fromCharCode(name.length) + name);
}

/** The body of SUBSCRIBE. */
export function encodeSubscribe(topic: Uint8Array): Uint8Array {
  return withData(SUBSCRIBE, topic);
}

/** The body of CANCEL. */
export function encodeCancel(topic: Uint8Array): Uint8Array {
  return withData(CANCEL, topic);
}

/** The message that subscribes (`on`) or cancels where the peer's ZMTP has no commands for it. */
export function encodeLegacySubscription(topic: Uint8Array, on: boolean): Uint8Array {
  const message = new Uint8Array(1 + topic.length);
  message[0] = on ? 1 : 0;
  message.set(topic, 1);
  return message;
}

/**
 * The body of JOIN.
 *
 * @throws ZmtpError above 255 bytes
 */
export function encodeJoin(group: Uint8Array): Uint8Array {
  return withData(JOIN, checkedGroup(group));
}

/**
 * The body of LEAVE.
 *
 * @throws ZmtpError above 255 bytes
 */
export function encodeLeave(group: Uint8Array): Uint8Array {
  return withData(LEAVE, checkedGroup(group));
}

/**
 * The body of PING. The time to live is said in tenths of a second, rounded down, of which 65,535 are the most.
 *
 * @param context comes back in the PONG; what is above 16 bytes is left out
 */
export function encodePing(ttlMs: number, context?: Uint8Array): Uint8Array {
  const tenths = Math.min(Math.floor(ttlMs / 100), MAX_TTL_TENTHS);
  const start = PING.length;
  const length = context === undefined ? 0 : Math.min(context.length, MAX_CONTEXT_BYTES);
  const body = new Uint8Array(start + 2 + length);
  body.set(PING);
  body[start] = tenths >>> 8;
  body[start + 1] = tenths;
  if (context !== undefined) body.set(context.subarray(0, length), start + 2);
  return body;
}

/** The body of the PONG that answers a PING with this context; what is above 16 bytes is left out. */
export function encodePong(context: Uint8Array): Uint8Array {
  return withData(PONG, context.subarray(0, MAX_CONTEXT_BYTES));
}

/**
 * The body of ERROR.
 *
 * @param reason ASCII, such as `400`; what is above 255 bytes is left out
 */
export function encodeError(reason: string): Uint8Array {
  const bytes = ascii(reason).subarray(0, MAX_REASON_BYTES);
  return joined(ERROR, Uint8Array.of(bytes.length), bytes);
}

function withData(name: Uint8Array, data: Uint8Array): Uint8Array {
  const body = new Uint8Array(name.length + data.length);
  body.set(name);
  body.set(data, name.length);
  return body;
}

function checkedGroup(group: Uint8Array): Uint8Array {
  if (group.length <= MAX_GROUP_BYTES) return group;
  throw new ZmtpError(`a group of ${group.length} bytes: at most ${MAX_GROUP_BYTES}`);
}
