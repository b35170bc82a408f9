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

/** The name with which the body of a command begins: its length, then the text, shorter than 128 characters. */
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

/** The message that subscribes (`on`) or cancels if the peer's ZMTP has no commands for it. */
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
 * The body of PING. The time to live is encoded in tenths of a second, rounded down, at most 65,535.
 *
 * @param context the PONG returns it; it is cut to 16 bytes
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

/** The body of the PONG that answers a PING with this context, which is cut to 16 bytes. */
export function encodePong(context: Uint8Array): Uint8Array {
  return withData(PONG, context.subarray(0, MAX_CONTEXT_BYTES));
}

/**
 * The body of ERROR.
 *
 * @param reason ASCII, such as `400`; it is cut to 255 bytes
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
