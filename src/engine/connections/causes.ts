import { MAX_REASON_BYTES } from '../zmtp/commands.js';
import type { Handshake } from '../zmtp/Handshake.js';
import { quote } from '../zmtp/quote.js';

/** Why a connection ends; the fields are those of `ConnectionEnd`. */
export interface Cause {
  readonly reason: string;
  readonly fault: boolean;
  readonly security?: boolean;
  /** The peer itself sent the reason, in an ERROR. */
  readonly refused?: boolean;
}

type Unsettled = Handshake['unsettled'];

export const ENDED: Cause = { reason: 'it ended', fault: false };
export const CLOSED_HERE: Cause = { reason: 'it was closed here', fault: false };
export const CLOSED_BY_PEER: Cause = { reason: 'the peer closed the connection', fault: false };

const CLOSED =
  'the peer closed the connection during the handshake, as it does where the socket types or the security do not fit';
const CLOSED_IN_GREETING =
  'the peer closed the connection during the handshake, before it said what its security is, as it does where it is not ours';
const CLOSED_IN_PROOF =
  'the peer closed the connection during the handshake, as it does where a key or a name is not the right one';

/** The heartbeat has timed out. */
export function silentFor(ms: number): Cause {
  return { reason: `nothing came from the peer for ${ms} ms (heartbeat)`, fault: false };
}

/** The peer has sent the reason why it accepts nothing more: the written messages are lost from an unknown one on. */
export function refusedFor(reason: Uint8Array): Cause {
  return { reason: `the peer refused it: ${quote(reason, MAX_REASON_BYTES)}`, fault: false, refused: true };
}

/** A handshake took too long. */
export function notDoneWithin(ms: number, unsettled: Unsettled): Cause {
  if (unsettled === 'answer')
    return { reason: `authenticate did not answer within ${ms} ms`, fault: false, security: true };
  return { reason: `the handshake was not done within ${ms} ms`, fault: false, security: unsettled === 'proof' };
}

/** Why a peer closes the connection during the handshake, as far as this side can know. */
export function closedInHandshake(unsettled: Unsettled): Cause {
  switch (unsettled) {
    case 'mechanism':
      return { reason: CLOSED_IN_GREETING, fault: false, security: true };
    case 'proof':
      return { reason: CLOSED_IN_PROOF, fault: false, security: true };
    default:
      return { reason: CLOSED, fault: false };
  }
}
