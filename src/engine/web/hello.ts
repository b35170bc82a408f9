import { utf8Of } from '../../basics/utf8.js';
import { decodeBase64url, encodeBase64url } from '../../basics/base64url.js';
import type { SocketType } from '../../driver/SocketSettings.js';
import { closeCodes } from './closeCodes.js';
import { WebError } from './WebError.js';

/** The subprotocol that the client offers and the server chooses in the upgrade. */
export const SUBPROTOCOL = 'rxzmq.1';
/** A token follows this prefix, in a subprotocol that is offered but never chosen. */
export const TOKEN_PREFIX = 'rxzmq.token.';

const MAX_ID_BYTES = 255;
/** The longest user id; a page refuses the hello otherwise. */
export const MAX_USER_CHARS = 255;

/** The first control text of each side. */
export interface Hello {
  readonly type: SocketType;
  /** The window: how many messages and bytes may be unread on the sender's side of this hello. */
  readonly messages: number;
  readonly bytes: number;
  /** The routing id; empty: none. */
  readonly id: Uint8Array;
  /** The receiver should keep only the newest message for the sender of this hello. */
  readonly conflate: boolean;
  /** How often the sender of this hello pings, in ms; 0: never. */
  readonly pingMs: number;
  /** The clock of its sender: UNIX time in ns. */
  readonly now: bigint | undefined;
  /** The user id of the receiver, as the sender knows it. */
  readonly user: string | undefined;
}

/** Encodes a token as a subprotocol. */
export function tokenProtocol(token: string): string {
  return TOKEN_PREFIX + encodeBase64url(utf8Of(token));
}

/** Encodes a hello as control text, with its `H`. */
export function encodeHello({ type, messages, bytes, id, conflate, pingMs, now, user }: Hello): string {
  const text = JSON.stringify({
    v: 1,
    type,
    messages,
    bytes,
    id: id.length > 0 ? encodeBase64url(id) : undefined,
    conflate: conflate || undefined,
    pingMs: pingMs || undefined,
    now: now?.toString(),
    user,
  });
  return `H${text.replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}`; // control texts are ASCII
}

/**
 * Parses the text after `H`.
 *
 * @throws WebError if it is not a hello of this version
 */
export function parseHello(text: string): Hello {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw broken('a hello that is no JSON');
  }
  if (typeof said !== 'object' || said === null) throw broken('a hello that is no object');
  const fields = said as Readonly<Record<string, unknown>>;
  const { v, type, id, now, user } = fields;
  if (v !== 1) throw broken('a hello of another version than 1');
  if (typeof type !== 'string' || !/^[a-z]{1,16}$/.test(type)) throw broken('a hello without a socket type');
  const idBytes = id === undefined ? new Uint8Array() : typeof id === 'string' ? decodeBase64url(id) : undefined;
  if (idBytes === undefined || idBytes.length > MAX_ID_BYTES) throw broken('a hello whose id is no routing id');
  if (user !== undefined && (typeof user !== 'string' || user.length > MAX_USER_CHARS))
    throw broken('a hello whose user is no text');
  return {
    type: type as SocketType,
    messages: count(fields, 'messages', 1),
    bytes: count(fields, 'bytes', 1),
    id: idBytes,
    conflate: fields['conflate'] === true,
    pingMs: fields['pingMs'] === undefined ? 0 : count(fields, 'pingMs', 0),
    now: typeof now === 'string' && /^\d{1,20}$/.test(now) ? BigInt(now) : undefined,
    user,
  };
}

function count(fields: Readonly<Record<string, unknown>>, name: string, least: number): number {
  const value = fields[name];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw broken(`a hello whose ${name} is no integer from ${least} up`);
}

function broken(reason: string): WebError {
  return new WebError(closeCodes.protocol, reason);
}
