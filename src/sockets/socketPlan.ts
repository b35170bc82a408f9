import { utf8Of } from '../basics/utf8.js';
import type { SocketSettings, NativeExtras, SocketType } from '../driver/SocketSettings.js';
import type { TypeOptions } from '../driver/TypeOptions.js';
import { OptionError } from '../errors.js';
import { closestName } from '../basics/closestName.js';
import { describe } from '../basics/describe.js';
import { type DriverNeeds, socketDriver } from '../platform/socketDriver.js';
import { socketSecurity } from '#platform';
import { commonSettings } from '../endpoints/socketSettings.js';
import type { StatusObserver } from '../endpoints/status/statusReporter.js';
import { kinds } from './kinds.js';
import type {
  DealerSocketOptions,
  DgramSocketOptions,
  OpenSocketOptions,
  PubSocketOptions,
  RadioSocketOptions,
  ReqSocketOptions,
  RouterSocketOptions,
  StreamSocketOptions,
  XPubSocketOptions,
  XSubSocketOptions,
} from './OpenSocketOptions.js';
import { nativeExtras, optionRules } from './optionRules.js';

/** The settings of a handle. */
export interface SocketPlan {
  readonly settings: Omit<SocketSettings, 'endpoints'>;
  readonly needs: DriverNeeds;
  readonly options: OpenSocketOptions;
  readonly lingerMs: number;
  readonly status: StatusObserver | undefined;
}

/** The options of all types together. */
type AllOptions = DealerSocketOptions &
  DgramSocketOptions &
  PubSocketOptions &
  RadioSocketOptions &
  ReqSocketOptions &
  Omit<RouterSocketOptions, 'notify'> &
  XPubSocketOptions &
  XSubSocketOptions & { readonly notify?: RouterSocketOptions['notify'] | StreamSocketOptions['notify'] };

const DEFAULT_LINGER_MS = 1000;
/** How long Linux waits before it probes an idle connection, in seconds. */
const KEEPALIVE_IDLE_S = 7200;

/**
 * Checks the arguments of `openSocket`, and fills in the defaults.
 *
 * @throws OptionError, UnsupportedError
 */
export function socketPlan(type: SocketType, given: object): SocketPlan {
  if (typeof type !== 'string' || !Object.hasOwn(kinds, type)) {
    const meant = typeof type === 'string' ? closestName(type, Object.keys(kinds)) : undefined;
    const hint = meant === undefined ? `there are ${Object.keys(kinds).join(', ')}` : `did you mean '${meant}'?`;
    throw new OptionError('type', type, `openSocket: there is no socket type ${describe(type)}; ${hint}`);
  }
  const of = `openSocket('${type}')`;
  const common = commonSettings(of, given, optionRules(type, given));
  const options = given as AllOptions;
  const { lingerMs = DEFAULT_LINGER_MS, status } = options;
  const needs = {
    of,
    choice: options.driver ?? 'auto',
    only: kinds[type].only,
    nativeOption: nativeExtras.find((name) => options[name] !== undefined),
  } as const;
  socketDriver(needs, []);
  const { maxSubscriptionBytes, maxSubscriptions, maxTopicBytes } = options;
  const settings = {
    ...common,
    type,
    bind: false, // a handle can do both
    requiresPeer: false,
    limits: { ...common.limits, maxSubscriptionBytes, maxSubscriptions, maxTopicBytes },
    options: patternOptions(options),
    extras: Object.fromEntries(nativeExtras.map((name) => [name, options[name]])) as NativeExtras,
    ...pipeOptions(options),
    lingerMs,
    ...socketSecurity(of, options.security, [], () => false),
  };
  return { settings, needs, options, lingerMs, status };
}

function pipeOptions(options: AllOptions): Partial<SocketSettings> {
  const { sendHighWaterMark, receiveHighWaterMark, immediate, conflate, routingId, backlog, connectTimeout } = options;
  return {
    sendHighWaterMark,
    receiveHighWaterMark,
    immediate,
    conflate,
    routingId: bytesOf(routingId),
    backlog,
    connectTimeoutMs: connectTimeout,
    keepAliveMs: keepAliveMs(options),
  };
}

function keepAliveMs({ tcpKeepalive, tcpKeepaliveIdle = -1 }: OpenSocketOptions): number | undefined {
  if (tcpKeepalive !== true && tcpKeepalive !== 1) return undefined;
  return (tcpKeepaliveIdle < 0 ? KEEPALIVE_IDLE_S : tcpKeepaliveIdle) * 1000;
}

function patternOptions(options: AllOptions): TypeOptions {
  const { notify, probeRouter, verbosity, welcomeMessage } = options;
  const { mandatory, handover, relaxed, correlate, manual, manualLastValue } = options;
  const { onlyFirstSubscribe, verboseUnsubscribe, noDrop, invertMatching } = options;
  return {
    mandatory,
    handover,
    notify: typeof notify === 'boolean' ? (notify ? 'both' : 'none') : notify,
    probe: probeRouter,
    relaxed,
    correlate,
    verbose: verbosity === 'allSubs',
    verboser: verbosity === 'allSubsUnsubs',
    manual,
    manualLastValue,
    onlyFirstSubscribe,
    verboseUnsubscribe,
    welcomeMessage: bytesOf(welcomeMessage),
    noDrop,
    invertMatching,
  };
}

function bytesOf(value: string | Uint8Array | undefined): Uint8Array | undefined {
  return typeof value === 'string' ? utf8Of(value) : value?.slice();
}
