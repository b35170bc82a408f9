import type { SocketStatus } from '../../driver/SocketStatus.js';
import type { ScopeState } from '../core/state.js';

/** What the badge says of an event of a socket; `undefined`: what it has said. */
export function stateOf(status: SocketStatus): ScopeState | undefined {
  switch (status.kind) {
    case 'connecting':
      return undefined; // the reason of the last failure stays until there is a connection
    case 'connected':
    case 'resumed':
    case 'listening':
      return { kind: 'good', text: 'live' };
    case 'disconnected':
      return { kind: 'bad', text: 'disconnected', reason: status.reason };
    case 'retrying':
      return status.reason === undefined ? undefined : { kind: 'bad', text: 'no connection', reason: status.reason };
    case 'handshakeFailed':
      return { kind: 'bad', text: 'refused', reason: status.error?.message ?? status.reason };
    case 'stalled':
      return { kind: 'warning', text: 'stalled' };
    case 'otherThread':
      return { kind: 'bad', text: 'no connection', reason: status.reason };
    case 'closed':
      return { kind: 'warning', text: 'closed' };
    case 'subscribed':
    case 'dropped':
    case 'invalid': // `refuse` shows it
      return undefined;
  }
}
