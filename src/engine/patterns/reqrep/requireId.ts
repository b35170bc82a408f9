import type { Parts } from '../../../basics/Parts.js';
import type { PatternHost } from '../Pattern.js';
import { sendError } from '../sendError.js';

/**
 * Returns the routing id at the start of a message to be sent.
 *
 * @throws SocketError if the message has no parts
 */
export function requireId(host: PatternHost, parts: Parts): Uint8Array {
  const id = parts[0];
  if (id !== undefined) return id;
  throw sendError(
    host.endpoint,
    'EINVAL',
    'a message starts with the routing id of its peer here, and this one has no parts',
  );
}
