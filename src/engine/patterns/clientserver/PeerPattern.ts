import { ServerPattern } from './ServerPattern.js';

/** As server, among equals: `idOf` tells the id of a peer that was just connected to, before it is there. */
export class PeerPattern extends ServerPattern {}
