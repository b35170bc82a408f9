import type { DriverChoice } from '../platform/pickDriver.js';
import type { StatusObserver } from './status/statusReporter.js';
import { isSecurity } from '#platform';
import type { Security } from '../security/Security.js';
import {
  isBoolean,
  isDuration,
  isEither,
  isGroup,
  isInteger,
  isOneOf,
  isPatience,
  type Rule,
  type Rules,
} from '../options/rules.js';
import { isListener } from '../rx/notifier.js';
import { type WebOptions, webRules } from './webOptions.js';

/** How a connecting side comes back. */
export interface ReconnectOptions {
  /** Before the first new try, in ms, give or take a quarter. Native: `ZMQ_RECONNECT_IVL`. @default 100 */
  readonly initialMs?: number | undefined;
  /** Tries wait twice as long each, up to this, in ms. Native: `ZMQ_RECONNECT_IVL_MAX`. @default 2000 */
  readonly maxMs?: number | undefined;
}

/** How a peer that went silent is found out. */
export interface HeartbeatOptions {
  /** A PING goes out this often, in ms. Native: `ZMQ_HEARTBEAT_IVL`. */
  readonly intervalMs: number;
  /**
   * A peer from which nothing came for so long is gone, in ms. Below 100 it may be one that a consumer holds back.
   * Native: `ZMQ_HEARTBEAT_TIMEOUT`. @default intervalMs
   */
  readonly timeoutMs?: number | undefined;
  /** After how long without a PING the peer may give up on us, in ms, in steps of 100. Native: `ZMQ_HEARTBEAT_TTL`. @default 0, never */
  readonly ttlMs?: number | undefined;
}

/** What every source and sink takes. */
export interface SocketOptions extends WebOptions {
  /** Whether the endpoints are bound or connected. Each function has its own default. */
  readonly bind?: boolean | undefined;
  /** Messages that wait for one peer, sending and receiving, from 1. Native: `ZMQ_SNDHWM`, `ZMQ_RCVHWM`. @default 1000 */
  readonly highWaterMark?: number | undefined;
  /**
   * The same in bytes; whichever mark is reached first holds, but never less than one message passes. Engine only.
   * @default 33,554,432 (32 MiB)
   */
  readonly highWaterBytes?: number | undefined;
  /**
   * How long what was taken may still take once this side is done, in ms; `Infinity`: as long as it takes; 0: it is
   * dropped. Native: `ZMQ_LINGER`. @default 1000; on completion of `toPush` Infinity
   */
  readonly lingerMs?: number | undefined;
  /**
   * The largest message that is received, all its parts together (native: each part, `ZMQ_MAXMSGSIZE`), in bytes; a peer that
   * sends more is dropped. @default 256 MiB
   */
  readonly maxMessageBytes?: number | undefined;
  /** The most parts a message may have; a peer that sends more is dropped. Engine only. @default 1024 */
  readonly maxParts?: number | undefined;
  /** Peers that one bound endpoint has at the most; further ones are turned away. Engine only. @default 10,000 */
  readonly maxPeers?: number | undefined;
  /** Connections to one bound endpoint that have not done their handshake; the oldest makes way for one more. Engine only. @default 1000 */
  readonly maxHandshakes?: number | undefined;
  /** How long a handshake may take, in ms; 0: for ever. Native: `ZMQ_HANDSHAKE_IVL`. @default 30,000 */
  readonly handshakeTimeoutMs?: number | undefined;
  /**
   * How fast a message that has begun must go on, in bytes a second over ten seconds, silences of a wire left out; 0: it need not.
   * A peer that is slower, or silent in the middle of a message for 1000 seconds, is dropped. Engine only. @default 64
   */
  readonly minBytesPerSecond?: number | undefined;
  /** How a connecting side comes back; `false`: it does not. */
  readonly reconnect?: ReconnectOptions | false | undefined;
  /** How a peer that went silent is found out; `false`: only by TCP. @default false */
  readonly heartbeat?: HeartbeatOptions | false | undefined;
  /**
   * How the socket proves who it is, and whom it lets in; not over inproc. A side that is refused tells `handshakeFailed`, with
   * a `SecurityError`, and tries again at the slowest interval (native: where libzmq does). @default NULL: everybody may come in
   */
  readonly security?: Security | undefined;
  /** Hears what the socket tells of itself. What it throws is warned of and harms nothing. */
  readonly status?: StatusObserver | undefined;
  /**
   * `'engine'`: ZeroMQ in TypeScript. `'native'`: libzmq, through the `zeromq` package. `'auto'`: the engine if it has the
   * transports of all endpoints, else native. The `inproc` names of one do not meet those of the other. @default 'auto'
   */
  readonly driver?: DriverChoice | undefined;
}

const isFalse: Rule = (value) => (value === false ? undefined : 'false');

const isHeartbeat: Rule = (value) =>
  isGroup('heartbeat', { intervalMs: isDuration(1), timeoutMs: isDuration(0), ttlMs: isTtl })(value) ??
  ((value as HeartbeatOptions).intervalMs === undefined ? 'an object with intervalMs' : undefined);

/** ZMTP sends it in steps of 100 ms, in 16 bits. */
const isTtl: Rule = (value) => isInteger(0, 6_553_500)(value)?.replace('an integer', 'a number of milliseconds');

/** The rules for {@link SocketOptions}. */
export const socketRules: Rules = {
  ...webRules,
  bind: isBoolean,
  highWaterMark: isInteger(1, 2 ** 31 - 1),
  lingerMs: isPatience(0),
  highWaterBytes: isInteger(1),
  maxMessageBytes: isInteger(1),
  maxParts: isInteger(1),
  maxPeers: isInteger(1),
  maxHandshakes: isInteger(1),
  handshakeTimeoutMs: isDuration(0),
  minBytesPerSecond: isInteger(0),
  reconnect: isEither(isFalse, isGroup('reconnect', { initialMs: isDuration(1), maxMs: isDuration(1) })),
  heartbeat: isEither(isFalse, isHeartbeat),
  security: isSecurity,
  status: isListener,
  driver: isOneOf('auto', 'engine', 'native'),
};
