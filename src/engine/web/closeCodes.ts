import { utf8Of } from '../../basics/utf8.js';

/** Why a WebSocket of `rxzmq.1` was closed. */
export const closeCodes = {
  done: 1000,
  goingAway: 1001,
  /** Never sent: the connection broke without a close. */
  broken: 1006,
  restarting: 1012,
  /** The peer broke the protocol, or a limit: the reason says which. */
  protocol: 4000,
  /** The token is missing, wrong or expired. */
  token: 4401,
  /** The user is known, but has no access to this path. */
  forbidden: 4403,
  /** The two socket types do not fit. */
  types: 4406,
  noHello: 4408,
  tooSlow: 4410,
  tooMany: 4429,
} as const;

const MAX_REASON_BYTES = 123;

/** A reason for a close frame: cut to 123 bytes of UTF-8, between characters. */
export function closeReason(text: string): string {
  const characters = Array.from(text.slice(0, MAX_REASON_BYTES + 1)).slice(0, MAX_REASON_BYTES);
  while (utf8Of(characters.join('')).length > MAX_REASON_BYTES) characters.pop();
  return characters.join('');
}
