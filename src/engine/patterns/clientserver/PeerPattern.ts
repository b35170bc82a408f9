import { ServerPattern } from './ServerPattern.js';

/** As server, between equals: `idOf` returns the id of a peer right after `connect`, before its handshake. */
export class PeerPattern extends ServerPattern {}
