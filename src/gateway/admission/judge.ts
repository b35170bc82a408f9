import { closeCodes } from '../../engine/web/closeCodes.js';
import type { Answer } from './askWho.js';
import type { Offer } from './readProtocols.js';

/** Why a client is refused after its WebSocket is open. */
export interface Refusal {
  readonly code: number;
  /** The reason that is sent to the client. */
  readonly told: string;
  /** The actual reason. */
  readonly reason: string;
}

export const EXPIRED = 'the time of the token is over';

/** Returns why a client may not use a path; `undefined`: it may. */
export function judge(answer: Answer, offer: Offer, path: string, nowMs: number): Refusal | undefined {
  if ('denied' in answer) {
    const isMissing = offer.token === undefined && offer.fault === undefined;
    const told = isMissing ? 'the token is missing' : 'the token was refused';
    return { code: closeCodes.token, told, reason: isMissing ? `${told}: ${answer.denied}` : answer.denied };
  }
  const { expiresAt = Infinity, paths } = answer.user;
  if (expiresAt <= nowMs) return { code: closeCodes.token, told: EXPIRED, reason: EXPIRED };
  if (paths === undefined || paths.includes(path)) return undefined;
  const told = 'this path is not for this user';
  return { code: closeCodes.forbidden, told, reason: told };
}
