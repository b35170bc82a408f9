import type { ConnectedStatus, StatusOf } from '../../driver/SocketStatus.js';
import type { Pipe } from '../pipes/Pipe.js';

/** The event for a peer that has completed its handshake. */
export function connected(endpoint: string, { id: peer }: Pipe, userId: string | undefined): StatusOf<ConnectedStatus> {
  return userId === undefined ? { kind: 'connected', endpoint } : { kind: 'connected', endpoint, userId, peer };
}
