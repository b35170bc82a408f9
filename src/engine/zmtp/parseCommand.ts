import { startsWith } from '../../basics/bytes.js';
import { MAX_CONTEXT_BYTES, MAX_GROUP_BYTES, commandName } from './commands.js';
import { errorReason } from './errorReason.js';

/** A command of a peer. Byte fields are views of the parsed body. */
export type Command =
  | { readonly kind: 'subscribe' | 'cancel'; readonly topic: Uint8Array }
  | { readonly kind: 'join' | 'leave'; readonly group: Uint8Array }
  | { readonly kind: 'ping'; readonly ttlMs: number; readonly context: Uint8Array }
  | { readonly kind: 'pong'; readonly context: Uint8Array }
  | { readonly kind: 'error'; readonly reason: Uint8Array };

const SUBSCRIBE = commandName('SUBSCRIBE');
const CANCEL = commandName('CANCEL');
const JOIN = commandName('JOIN');
const LEAVE = commandName('LEAVE');
const PING = commandName('PING');
const PONG = commandName('PONG');
const ERROR = commandName('ERROR');

/** Parses the body of a command; `undefined`: it is unknown or malformed, and must be ignored. */
export function parseCommand(body: Uint8Array): Command | undefined {
  if (startsWith(body, SUBSCRIBE)) return { kind: 'subscribe', topic: body.subarray(SUBSCRIBE.length) };
  if (startsWith(body, CANCEL)) return { kind: 'cancel', topic: body.subarray(CANCEL.length) };
  if (startsWith(body, PING)) return ping(body);
  if (startsWith(body, PONG)) return { kind: 'pong', context: contextAt(body, PONG.length) };
  if (startsWith(body, JOIN)) return membership('join', body.subarray(JOIN.length));
  if (startsWith(body, LEAVE)) return membership('leave', body.subarray(LEAVE.length));
  if (startsWith(body, ERROR)) return error(body);
  return undefined;
}

function ping(body: Uint8Array): Command | undefined {
  const at = PING.length;
  if (body.length < at + 2) return undefined;
  return { kind: 'ping', ttlMs: (body[at]! * 256 + body[at + 1]!) * 100, context: contextAt(body, at + 2) };
}

function contextAt(body: Uint8Array, at: number): Uint8Array {
  return body.subarray(at, at + MAX_CONTEXT_BYTES);
}

function membership(kind: 'join' | 'leave', group: Uint8Array): Command | undefined {
  return group.length <= MAX_GROUP_BYTES ? { kind, group } : undefined;
}

function error(body: Uint8Array): Command | undefined {
  const reason = errorReason(body, ERROR.length);
  return reason && { kind: 'error', reason };
}
