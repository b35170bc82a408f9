import { closeCodes } from '../../engine/web/closeCodes.js';
import type { Answer } from './askWho.js';
import type { Offer } from './readProtocols.js';

/** Why a client is sent away once its WebSocket is there. */
export interface Refusal {
  readonly code: number;
  /** What it is told. */
  readonly told: string;
  /** The true reason. */
  readonly reason: string;
}

export const EXPIRED = 'the time of the token is over';

/** Whether a client may have a path, by who it is; `undefined`: it may. */
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
