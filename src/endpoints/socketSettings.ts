import { OptionError } from '../errors.js';
import type { Endpoints } from '../driver/endpointList.js';
import { defaultClock } from '../rx/defaultClock.js';
import { endpointDriver } from '../platform/endpointDriver.js';
import { checkOptions, type Rules } from '../options/rules.js';
import type { Drivers, OpenSettings } from '../driver/Driver.js';
import type { EndpointType } from '../driver/SocketSettings.js';
import { isNats } from '../driver/isNats.js';
import { refuseNatsOptions } from './refuseNatsOptions.js';
import { bindsThem } from './bindsThem.js';
import type { SocketOptions } from './SocketOptions.js';
import { requireWeb, webSettings } from './webOptions.js';
import { speaksWeb } from '../driver/webEndpoints.js';
import { choosesNative } from '../platform/choosesNative.js';
import { checkEndpoints, natsEndpointDriver, refuseZeroMQNames, socketSecurity } from '#platform';

/** The properties of a public function. */
export interface EndpointKind {
  /** Its name, for error texts. */
  readonly of: string;
  readonly type: EndpointType;
  /** The drivers of its type. */
  readonly drivers: Drivers;
  /** Whether it binds by default. */
  readonly binds: boolean;
  /** The rules for all of its options. */
  readonly rules: Rules;
}

/** A gateway has many clients, which must not all reconnect at once. */
const WEB_RECONNECT_MAX_MS = 5000;
const DEFAULT_MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** The settings that all sockets have. */
export type CommonSettings = Pick<
  OpenSettings,
  'clock' | 'highWaterMark' | 'maxMessageBytes' | 'limits' | 'reconnect' | 'heartbeat' | 'web'
>;

/**
 * Checks the arguments of a public function, and fills in the defaults.
 *
 * @throws OptionError, EndpointError, UnsupportedError, VirtualTimeError
 */
export function socketSettings(kind: EndpointKind, endpoints: Endpoints, options: SocketOptions): OpenSettings {
  refuseZeroMQNames(kind.of, options, kind.rules);
  const common = commonSettings(kind.of, options, kind.rules);
  if (isNats(endpoints)) {
    const driver = natsEndpointDriver();
    return { ...common, driver, ...driver.settings!(kind, endpoints, options) };
  }
  refuseNatsOptions(kind.of, options);
  const bind = bindsThem(kind.of, kind.binds, endpoints, options);
  const isNative = choosesNative(options.driver);
  const checked = checkEndpoints(kind.of, endpoints, bind, isNative);
  const isOverWeb = (endpoint: string): boolean => speaksWeb(endpoint, bind, isNative);
  if (bind || !checked.some(isOverWeb)) requireWeb(kind.of, options);
  return {
    ...common,
    type: kind.type,
    endpoints: checked,
    driver: endpointDriver(kind.drivers, kind.of, checked, options.driver, bind),
    bind,
    requiresPeer: true,
    isEndpoint: true,
    options: {},
    reconnect: checked.every(isOverWeb) ? slower(common.reconnect, options) : common.reconnect,
    ...socketSecurity(kind.of, options.security, checked, isOverWeb),
  };
}

/**
 * Checks the options of a socket, and returns the settings that do not depend on its type.
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
    web: webSettings(options),
    reconnect: reconnect && { initialMs, maxMs },
    heartbeat: heartbeat && {
      intervalMs: heartbeat.intervalMs,
      timeoutMs: heartbeat.timeoutMs ?? heartbeat.intervalMs,
      ttlMs: heartbeat.ttlMs ?? 0,
    },
  };
}

/** The default intervals of reconnecting to a gateway. */
function slower(reconnect: CommonSettings['reconnect'], options: SocketOptions): CommonSettings['reconnect'] {
  if (!reconnect || (options.reconnect || {}).maxMs !== undefined) return reconnect;
  return { ...reconnect, maxMs: Math.max(WEB_RECONNECT_MAX_MS, reconnect.initialMs) };
}
