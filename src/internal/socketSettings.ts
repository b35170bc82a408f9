import { OptionError } from '../errors.js';
import { checkEndpoints, type Endpoints } from './endpoints.js';
import { defaultClock } from './defaultClock.js';
import { pickDriver } from './pickDriver.js';
import { checkOptions, type Rules } from './options.js';
import type { SocketSettings, SocketType } from './Socket.js';
import type { SocketOptions } from './SocketOptions.js';
import { socketSecurity } from './socketSecurity.js';

/** What a public function is by its nature. */
export interface EndpointKind {
  /** Its name, for texts. */
  readonly of: string;
  readonly type: SocketType;
  /** Whether it binds unless told otherwise. */
  readonly binds: boolean;
  /** All options it knows. */
  readonly rules: Rules;
}

const DEFAULT_MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/**
 * Checks what a public function was called with, and fills in the defaults.
 *
 * @throws OptionError, EndpointError, UnsupportedError
 */
export function socketSettings(kind: EndpointKind, endpoints: Endpoints, options: SocketOptions): SocketSettings {
  checkOptions(kind.of, options, kind.rules);
  const { bind = kind.binds, highWaterMark = 1000, maxMessageBytes = DEFAULT_MAX_MESSAGE_BYTES } = options;
  const { reconnect = {}, heartbeat = false } = options;
  const { initialMs = 100, maxMs = Math.max(2000, initialMs) } = reconnect || {};
  if (maxMs < initialMs) {
    const text = `${kind.of}: option 'reconnect' must be an object whose maxMs is at least initialMs, ${initialMs}, got ${maxMs}`;
    throw new OptionError('reconnect', options.reconnect, text);
  }
  const { highWaterBytes, maxParts, maxPeers, maxHandshakes, handshakeTimeoutMs, minBytesPerSecond } = options;
  const checked = checkEndpoints(kind.of, endpoints, bind);
  return {
    type: kind.type,
    clock: defaultClock,
    endpoints: checked,
    driver: pickDriver(kind.of, checked, options.driver ?? 'auto'),
    limits: { highWaterBytes, maxParts, maxPeers, maxHandshakes, handshakeTimeoutMs, minBytesPerSecond },
    bind,
    highWaterMark,
    maxMessageBytes,
    reconnect: reconnect && { initialMs, maxMs },
    heartbeat: heartbeat && {
      intervalMs: heartbeat.intervalMs,
      timeoutMs: heartbeat.timeoutMs ?? heartbeat.intervalMs,
      ttlMs: heartbeat.ttlMs ?? 0,
    },
    ...socketSecurity(kind.of, options.security, checked),
  };
}
