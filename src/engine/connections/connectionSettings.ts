import type { ConnectionSettings } from './ConnectionOwner.js';
import type { SocketCore } from './SocketCore.js';
import { ownPeerInfo } from '../zmtp/ownPeerInfo.js';

const DEFAULT_HANDSHAKE_MS = 30_000;
const DEFAULT_MAX_PARTS = 1024;
const DEFAULT_MIN_BYTES_PER_SECOND = 64;

/** The connection settings that follow from the settings of a socket. */
export function connectionSettings({ settings, context, curve }: SocketCore): ConnectionSettings {
  const { clock, type, heartbeat, security, maxMessageBytes } = settings;
  const { limits } = settings;
  const { maxParts = DEFAULT_MAX_PARTS, handshakeTimeoutMs = DEFAULT_HANDSHAKE_MS } = limits;
  const { minBytesPerSecond = DEFAULT_MIN_BYTES_PER_SECOND } = limits;
  const { socketType, identity, properties } = ownPeerInfo(settings);
  return {
    clock,
    flusher: context.flusher,
    handshake: type === 'stream' ? undefined : { socketType, identity, properties, security, curve },
    handshakeTimeoutMs,
    minBytesPerSecond,
    heartbeat,
    maxMessageBytes,
    maxParts,
  };
}
