import type { Handshake } from '../zmtp/Handshake.js';

const CLOSED =
  'the peer closed the connection during the handshake, as it does where the socket types or the security do not fit';
const CLOSED_IN_GREETING =
  'the peer closed the connection during the handshake, before it said what its security is, as it does where it is not ours';
const CLOSED_IN_PROOF =
  'the peer closed the connection during the handshake, as it does where a key or a name is not the right one';

/** What a peer means that closes the connection during its handshake, as far as it can be known. */
export function closedInHandshake(unsettled: Handshake['unsettled']): {
  readonly reason: string;
  readonly fault: boolean;
  readonly security?: boolean;
} {
  switch (unsettled) {
    case 'mechanism':
      return { reason: CLOSED_IN_GREETING, fault: false, security: true };
    case 'proof':
      return { reason: CLOSED_IN_PROOF, fault: false, security: true };
    default:
      return { reason: CLOSED, fault: false };
  }
}
