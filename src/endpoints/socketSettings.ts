import { OptionError } from '../errors.js';
import { checkEndpoints, type Endpoints } from '../driver/endpoints.js';
import { defaultClock } from '../rx/defaultClock.js';
import { endpointDriver } from '../platform/endpointDriver.js';
import { checkOptions, type Rules } from '../options/rules.js';
import type { OpenSettings } from '../driver/Driver.js';
import type { EndpointType } from '../driver/SocketSettings.js';
import type { SocketOptions } from './SocketOptions.js';
import { socketSecurity } from '../security/socketSecurity.js';

/** What a public function is by its nature. */
export interface EndpointKind {
  /** Its name, for texts. */
  readonly of: string;
  readonly type: EndpointType;
  /** Whether it binds unless told otherwise. */
  readonly binds: boolean;
  /** All options it knows. */
  readonly rules: Rules;
}

const DEFAULT_MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** What settings of all sockets have in common. */
export type CommonSettings = Pick<
  OpenSettings,
  'clock' | 'highWaterMark' | 'maxMessageBytes' | 'limits' | 'reconnect' | 'heartbeat'
>;

/**
 * Checks what a public function was called with, and fills in the defaults.
 *
 * @throws OptionError, EndpointError, UnsupportedError
 */
export function socketSettings(kind: EndpointKind, endpoints: Endpoints, options: SocketOptions): OpenSettings {
  const common = commonSettings(kind.of, options, kind.rules);
  const { bind = kind.binds } = options;
  const checked = checkEndpoints(kind.of, endpoints, bind);
  return {
    ...common,
    type: kind.type,
    endpoints: checked,
    driver: endpointDriver(kind.of, checked, options.driver),
    bind,
    requiresPeer: true,
    isEndpoint: true,
    options: {},
    ...socketSecurity(kind.of, options.security, checked),
  };
}

/**
 * Checks the options of a socket, and gives what they mean whatever its type.
 *
 * @throws OptionError
 */
export function commonSettings(of: string, options: SocketOptions, rules: Rules): CommonSettings {
  checkOptions(of, options, rules);
  const { highWaterMark = 1000, maxMessageBytes = DEFAULT_MAX_MESSAGE_BYTES } = options;
  const { reconnect = {}, heartbeat = false } = options;
  const { initialMs = 100, maxMs = Math.max(2000, initialMs) } = reconnect || {};
  if (maxMs < initialMs) {
    const text = `${of}: option 'reconnect' must be an object whose maxMs is at least initialMs, ${initialMs}, got ${maxMs}`;
    throw new OptionError('reconnect', options.reconnect, text);
  }
  const { highWaterBytes, maxParts, maxPeers, maxHandshakes, handshakeTimeoutMs, minBytesPerSecond } = options;
  return {
    clock: defaultClock,
    limits: { highWaterBytes, maxParts, maxPeers, maxHandshakes, handshakeTimeoutMs, minBytesPerSecond },
    highWaterMark,
    maxMessageBytes,
    reconnect: reconnect && { initialMs, maxMs },
    heartbeat: heartbeat && {
      intervalMs: heartbeat.intervalMs,
      timeoutMs: heartbeat.timeoutMs ?? heartbeat.intervalMs,
      ttlMs: heartbeat.ttlMs ?? 0,
    },
  };
}
