import { SecurityError } from '../../../errors.js';
import { closeCodes } from '../closeCodes.js';
import type { WebEnd } from '../WebConnectionOwner.js';

/** After these codes it is of no use to reconnect soon. */
const SLOW: ReadonlySet<number> = new Set([
  closeCodes.protocol,
  closeCodes.token,
  closeCodes.forbidden,
  closeCodes.types,
  closeCodes.tooMany,
]);

/** What the end of a connection means for the connecting side. */
export interface Meaning {
  readonly reason: string;
  /** Whether it reconnects with the longest wait. */
  readonly slowly: boolean;
  readonly error: Error | undefined;
}

export function meaningOf(endpoint: string, { code, reason, refused, established }: WebEnd): Meaning {
  const text = textOf(code, reason, refused, established);
  const isRefusal = code === closeCodes.token || code === closeCodes.forbidden;
  const error = isRefusal ? new SecurityError(endpoint, 'web', text) : undefined;
  return { reason: text, slowly: SLOW.has(code), error };
}

function textOf(code: number, reason: string, refused: boolean, established: boolean): string {
  if (refused) return reason;
  const why = reason === '' ? '' : `: ${reason}`;
  switch (code) {
    case closeCodes.token:
      return `the gateway refused the token${why}`;
    case closeCodes.forbidden:
      return `the gateway does not let this user in here${why}`;
    case closeCodes.done:
    case closeCodes.goingAway:
    case closeCodes.restarting:
      return `the peer closed the connection${why}`;
    case closeCodes.broken:
      return reason || (established ? 'the connection broke' : 'the connection broke in its handshake');
    default:
      return `the peer closed the connection with ${code}${why}`;
  }
}
