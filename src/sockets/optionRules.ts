import { utf8Of } from '../basics/utf8.js';
import { OptionError } from '../errors.js';
import { isBoolean, isEither, isInteger, isOneOf, type Rule, type Rules } from '../options/rules.js';
import type { NativeExtras, SocketType } from '../driver/SocketSettings.js';
import { socketRules } from '../endpoints/SocketOptions.js';
import { kinds } from './kinds.js';
import { zeromqNames } from '../options/zeromqNames.js';

/** An option that only some types have. */
interface SomeTypes {
  readonly types: readonly SocketType[];
  readonly rule: Rule;
}

const MAX_INT = 2 ** 31 - 1;
const MAX_ROUTING_ID_BYTES = 255;

/** Options that only libzmq has. */
export const nativeExtras: readonly (keyof NativeExtras)[] = [
  'tcpKeepaliveCount',
  'tcpKeepaliveInterval',
  'tcpMaxRetransmitTimeout',
  'typeOfService',
  'socksProxy',
  'interface',
  'sendBufferSize',
  'receiveBufferSize',
  'multicastHops',
];

const isText: Rule = (value) =>
  typeof value === 'string' && value !== '' && !value.includes('\0') ? undefined : 'a text';

const isBytes: Rule = (value) =>
  typeof value === 'string' || value instanceof Uint8Array ? undefined : 'a string or Uint8Array';

export const isRoutingId: Rule = (value) => {
  const bytes = typeof value === 'string' ? utf8Of(value) : value;
  const isGood =
    bytes instanceof Uint8Array && bytes.length >= 1 && bytes.length <= MAX_ROUTING_ID_BYTES && bytes[0] !== 0;
  return isGood ? undefined : `a string or Uint8Array of 1 to ${MAX_ROUTING_ID_BYTES} bytes that does not start with 0`;
};

const isNull: Rule = (value) => (value === null ? undefined : 'null');

/** A number as libzmq accepts it: from 1, or -1 for the setting of the system. */
const isOrDefault: Rule = /* @__PURE__ */ isEither(
  /* @__PURE__ */ isInteger(-1, -1),
  /* @__PURE__ */ isInteger(1, MAX_INT),
);

function ofAll(): Rules {
  const { bind: _, ...shared } = socketRules;
  return {
    ...shared,
    immediate: isBoolean,
    backlog: isInteger(1, MAX_INT),
    connectTimeout: isInteger(0, MAX_INT),
    tcpKeepalive: isEither(isBoolean, isInteger(-1, 1)),
    tcpKeepaliveIdle: isOrDefault,
    tcpKeepaliveCount: isOrDefault,
    tcpKeepaliveInterval: isOrDefault,
    tcpMaxRetransmitTimeout: isInteger(0, MAX_INT),
    typeOfService: isInteger(0, 255),
    socksProxy: isText,
    interface: isText,
  };
}

function ofSome(type: SocketType): Readonly<Record<string, SomeTypes>> {
  const all = Object.keys(kinds) as SocketType[];
  const senders = all.filter((name) => kinds[name].sends !== undefined);
  const receivers = all.filter((name) => kinds[name].receives !== undefined);
  const on = (rule: Rule, ...types: SocketType[]): SomeTypes => ({ types, rule });
  const notify = type === 'stream' ? isBoolean : isOneOf('connect', 'disconnect', 'both', 'none');
  return {
    sendHighWaterMark: on(isInteger(0, MAX_INT), ...senders),
    sendBufferSize: on(isOrDefault, ...senders),
    receiveHighWaterMark: on(isInteger(0, MAX_INT), ...receivers),
    receiveBufferSize: on(isOrDefault, ...receivers),
    conflate: on(isBoolean, 'pub', 'sub', 'push', 'pull', 'dealer'),
    routingId: on(isRoutingId, 'req', 'rep', 'dealer', 'router'),
    probeRouter: on(isBoolean, 'req', 'dealer', 'router'),
    relaxed: on(isBoolean, 'req'),
    correlate: on(isBoolean, 'req'),
    mandatory: on(isBoolean, 'router'),
    handover: on(isBoolean, 'router'),
    notify: on(notify, 'router', 'stream'),
    noDrop: on(isBoolean, 'pub', 'xpub', 'radio'),
    maxSubscriptionBytes: on(isInteger(1), 'pub', 'xpub', 'radio'),
    maxSubscriptions: on(isInteger(1), 'pub', 'xpub', 'radio'),
    maxTopicBytes: on(isInteger(0), 'pub', 'xpub', 'radio'),
    invertMatching: on(isBoolean, 'pub', 'xpub', 'sub'),
    verbosity: on(isEither(isNull, isOneOf('allSubs', 'allSubsUnsubs')), 'xpub'),
    manual: on(isBoolean, 'xpub'),
    manualLastValue: on(isBoolean, 'xpub'),
    onlyFirstSubscribe: on(isBoolean, 'xpub', 'xsub'),
    welcomeMessage: on(isBytes, 'xpub'),
    verboseUnsubscribe: on(isBoolean, 'xsub'),
    multicastHops: on(isInteger(1, MAX_INT), 'radio', 'dgram'),
  };
}

/**
 * The rules for the options of a type.
 *
 * @throws OptionError for an option of other types, and for an option of zeromq.js that has another name here
 */
export function optionRules(type: SocketType, options: unknown): Rules {
  const of = `openSocket('${type}')`;
  const some = ofSome(type);
  const own = Object.entries(some).filter(([, { types }]) => types.includes(type));
  const rules: Rules = { ...ofAll(), ...Object.fromEntries(own.map(([name, { rule }]) => [name, rule])) };
  for (const [name, value] of Object.entries(options ?? {})) {
    if (Object.hasOwn(rules, name)) continue;
    if (Object.hasOwn(some, name)) {
      const types = some[name]!.types.join(', ');
      throw new OptionError(name, value, `${of}: option '${name}' is for ${types}, not for ${type}`);
    }
    const here = zeromqNames.get(name);
    if (here !== undefined) throw new OptionError(name, undefined, `${of}: option '${name}' is ${here}`);
  }
  return rules;
}
