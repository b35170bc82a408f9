import type { Parts } from '../../basics/Parts.js';
import type { PatternHost } from './Pattern.js';
import { sendError } from './sendError.js';

/**
 * Checks how many parts a message has before it is sent.
 *
 * @throws SocketError if it has not exactly `count`
 */
export function requireParts(host: PatternHost, parts: Parts, count: number, shape: string): void {
  if (parts.length === count) return;
  const found = parts.length === 1 ? '1 part' : `${parts.length} parts`;
  throw sendError(host.endpoint, 'EINVAL', `a message is ${shape} here, not ${found}`);
}
