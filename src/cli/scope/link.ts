import type { SocketStatus } from '../../index.js';
import { asOption } from '../words/asOption.js';

/** Puts what a receiving socket tells into words; what does not concern the viewer leaves the last ones standing. */
export function describeLink(last: string | undefined, status: SocketStatus): string | undefined {
  const { endpoint } = status;
  switch (status.kind) {
    case 'connected':
      return `connected to ${endpoint}`;
    case 'disconnected':
      return `the sender at ${endpoint} is gone, waiting for it`;
    case 'retrying':
      return last?.includes('gone') ? last : `nobody answers at ${endpoint}, trying again`;
    case 'handshakeFailed':
      return `${endpoint} refuses: ${status.reason}`;
    case 'invalid':
      return `what comes from ${endpoint} are no frames: ${asOption(status.reason)}`;
    case 'dropped':
      return `frames were dropped here: ${status.reason}`;
    case 'listening':
    case 'connecting':
    case 'subscribed':
    case 'otherThread':
    case 'stalled':
    case 'resumed':
    case 'closed':
      return last;
  }
}
