import type { PeerNature } from '../../driver/Socket.js';

const NAME = 'X-Keeps-Envelope';

/** The handshake property of a server that sends back the whole envelope of a request, whatever it contains. */
export const KEEPS_ENVELOPES: ReadonlyMap<string, Uint8Array> = new Map([[NAME, Uint8Array.of(1)]]);

/** Whether a peer sends back the parts before the empty part of a request. It is not known only of a ROUTER that does not announce it. */
export function keepsEnvelopes({ socketType, properties }: PeerNature): boolean {
  return socketType !== 'ROUTER' || properties.has(NAME);
}
