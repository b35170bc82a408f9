import { SecurityError } from '../../errors.js';
import type { HandshakeFailedStatus, StatusOf } from '../../driver/SocketStatus.js';
import type { SocketSettings } from '../../driver/SocketSettings.js';
import type { ConnectionEnd } from './ConnectionOwner.js';

/** The event for a connection whose handshake failed. */
export function handshakeFailed(
  { security: ours }: SocketSettings,
  endpoint: string,
  { reason, error, security }: ConnectionEnd,
): StatusOf<HandshakeFailedStatus> {
  if (!security) return { kind: 'handshakeFailed', endpoint, reason, ...(error && { error }) };
  const secured = new SecurityError(endpoint, ours?.mechanism ?? 'null', reason, error && { cause: error });
  return { kind: 'handshakeFailed', endpoint, reason, error: secured };
}

/** The reason if an address list refuses a peer before its first byte. */
export function keptOut(address: string): string {
  return address === '' ? 'a peer without an address is not accepted' : `${address} is not accepted, by allow or deny`;
}
