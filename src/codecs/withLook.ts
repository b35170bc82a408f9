import type { Parts } from '../basics/Parts.js';
import { retell } from '../basics/retell.js';
import { lookOf } from './lookOf.js';

/**
 * Adds to the error of a codec a description of the message, if it is known what the message is instead. The error must belong
 * to one message only.
 *
 * @param isFrames whether frames were expected
 */
export function withLook(error: unknown, parts: Parts, isFrames: boolean): unknown {
  if (!isOurs(error) || error.message.includes('looks like')) return error;
  const look = lookOf(parts, isFrames);
  if (look === undefined) return error;
  if (!isFrames && error.code === 'ERR_FRAME' && look.includes('DPSTREAM')) return error; // the error of its codec says that already
  retell(error, `${error.message}; it looks like ${look}`);
  return error;
}

function isOurs(error: unknown): error is Error & { readonly code: string } {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return error instanceof Error && (code === 'ERR_FRAME' || code === 'ERR_CODEC');
}
