import type { PeerNature } from '../../driver/Socket.js';

const NAME = 'X-Keeps-Envelope';

/** What a server says in its handshake that sends back the whole envelope of a request, whatever stands in it. */
export const KEEPS_ENVELOPES: ReadonlyMap<string, Uint8Array> = new Map([[NAME, Uint8Array.of(1)]]);

/** Whether a peer sends back what stands before the empty part of a request. Only of a ROUTER that does not say so it is not known. */
export function keepsEnvelopes({ socketType, properties }: PeerNature): boolean {
  return socketType !== 'ROUTER' || properties.has(NAME);
}
