import type { Stream } from '../carriers/Carrier.js';
import type { HeartbeatListener, HeartbeatSettings } from './Heartbeat.js';
import type { Incoming } from './Incoming.js';
import type { Outgoing } from './Outgoing.js';

const NO_CONTEXT = new Uint8Array();

/** Connects a heartbeat with both sides of a connection. */
export function heartbeatListener(
  settings: HeartbeatSettings | false,
  stream: Stream,
  incoming: Incoming,
  outgoing: Outgoing,
  timedOut: (afterMs: number) => void,
): HeartbeatListener {
  return {
    ping: () => {
      if (settings) outgoing.ping(settings.ttlMs);
    },
    pong: () => outgoing.pong(NO_CONTEXT),
    timedOut,
    get readPaused() {
      return incoming.isPaused;
    },
    get isBehind() {
      return incoming.isPaused || incoming.hasBegun;
    },
    get unsent() {
      return stream.unsent;
    },
  };
}
