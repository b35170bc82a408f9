import type { SocketSettings } from '../../driver/SocketSettings.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';

const NO_PROPERTIES: ReadonlyMap<string, Uint8Array> = new Map();

/** The metadata that peers in the same process get from a socket. */
export function ownPeerInfo({
  type,
  routingId = new Uint8Array(),
  properties = NO_PROPERTIES,
}: SocketSettings): PeerInfo {
  return { version: 3.1, socketType: type.toUpperCase(), identity: routingId, properties };
}
