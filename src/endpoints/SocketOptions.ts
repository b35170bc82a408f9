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
import type { NatsOptions } from '../driver/NatsSettings.js';
import { isListener } from '../rx/notifier.js';
import { type WebOptions, webRules } from './webOptions.js';

/** How a connecting socket reconnects. */
export interface ReconnectOptions {
  /** `ZMQ_RECONNECT_IVL`: the wait before the first new attempt, in ms, plus or minus a quarter. @default 100 */
  readonly initialMs?: number | undefined;
  /** `ZMQ_RECONNECT_IVL_MAX`: the wait doubles after each failed attempt, up to this, in ms. @default 2000 */
  readonly maxMs?: number | undefined;
}

/** How the socket detects a peer that has gone silent. */
export interface HeartbeatOptions {
  /** `ZMQ_HEARTBEAT_IVL`: the socket sends a PING this often, in ms. */
  readonly intervalMs: number;
  /**
   * `ZMQ_HEARTBEAT_TIMEOUT`: after this long without any traffic from a peer, in ms, the socket closes the connection. Below 100 ms it
   * may close the connection of a peer that is only held back by its consumer. @default intervalMs
   */
  readonly timeoutMs?: number | undefined;
  /** `ZMQ_HEARTBEAT_TTL`: after this long without a PING the peer may close the connection, in ms, in steps of 100. @default 0, never */
  readonly ttlMs?: number | undefined;
}

/** Options of every source and sink. */
export interface SocketOptions extends WebOptions {
  /** `true`: bind the endpoints; `false`: connect to them. Each function has its own default. */
  readonly bind?: boolean | undefined;
  /** `ZMQ_SNDHWM` and `ZMQ_RCVHWM`: how many messages are queued for one peer, in each direction, from 1. @default 1000 */
  readonly highWaterMark?: number | undefined;
  /**
   * The same in bytes. The mark that is reached first counts, but one message is always accepted. Engine only.
   * @default 33,554,432 (32 MiB)
   */
  readonly highWaterBytes?: number | undefined;
  /**
   * `ZMQ_LINGER`: how long queued messages may still be sent after close without progress, in ms. `Infinity`: as long as it takes;
   * 0: they are dropped. @default 1000; on completion of `toPush` Infinity
   */
  readonly lingerMs?: number | undefined;
  /**
   * `ZMQ_MAXMSGSIZE`: the largest message that the socket accepts, in bytes, all parts together (native: each part). The socket
   * disconnects a peer that sends a larger one. @default 256 MiB
   */
  readonly maxMessageBytes?: number | undefined;
  /** How many parts a message may have. The socket disconnects a peer that sends more. Engine only. @default 1024 */
  readonly maxParts?: number | undefined;
  /** How many peers may be connected to one bound endpoint; the socket refuses further ones. Engine only. @default 10,000 */
  readonly maxPeers?: number | undefined;
  /** How many connections to one bound endpoint may be in their handshake; for one more, the oldest is closed. Engine only. @default 1000 */
  readonly maxHandshakes?: number | undefined;
  /** `ZMQ_HANDSHAKE_IVL`: how long a handshake may take, in ms; 0: no limit. @default 30,000 */
  readonly handshakeTimeoutMs?: number | undefined;
  /**
   * The least rate at which the rest of a message must arrive once it has begun, in bytes a second over ten seconds, not counting
   * times when nothing arrives; 0: no limit. The socket disconnects a peer that is slower, or silent in the middle of a message for
   * 1000 seconds. Engine only. @default 64
   */
  readonly minBytesPerSecond?: number | undefined;
  /** How a connecting socket reconnects; `false`: it does not. */
  readonly reconnect?: ReconnectOptions | false | undefined;
  /** How the socket detects a peer that has gone silent; `false`: only by TCP. @default false */
  readonly heartbeat?: HeartbeatOptions | false | undefined;
  /**
   * Authentication: how the socket proves its identity, and which peers it accepts; not over inproc. A socket that is refused emits
   * the status `handshakeFailed` with a `SecurityError`, and retries at the longest interval (native: where libzmq does).
   * @default NULL: every peer is accepted
   */
  readonly security?: Security | undefined;
  /** `nats://` endpoints only: how the client authenticates, and how the connection is encrypted. */
  readonly nats?: NatsOptions | undefined;
  /** Receives the events of the socket. Exceptions that it throws are reported as warnings. */
  readonly status?: StatusObserver | undefined;
  /**
   * `'engine'`: ZeroMQ in TypeScript. `'native'`: libzmq, through the `zeromq` package. `'auto'`: the engine if it supports the
   * transports of all endpoints, else native. An `inproc` endpoint of one driver cannot be reached from the other. @default 'auto'
   */
  readonly driver?: DriverChoice | undefined;
}

const isFalse: Rule = (value) => (value === false ? undefined : 'false');

const isHeartbeat: Rule = (value, at) =>
  isGroup({ intervalMs: isDuration(1), timeoutMs: isDuration(0), ttlMs: isTtl })(value, at) ??
  ((value as HeartbeatOptions).intervalMs === undefined ? 'an object with intervalMs' : undefined);

/** ZMTP sends it in steps of 100 ms, in 16 bits. */
const isTtl: Rule = (value, at) =>
  isInteger(0, 6_553_500)(value, at)?.replace('an integer', 'a number of milliseconds');

/** The reader checks these options: their values may be secret, and must not appear in an error. */
const isAnything: Rule = () => undefined;

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
  reconnect: isEither(isFalse, isGroup({ initialMs: isDuration(1), maxMs: isDuration(1) })),
  heartbeat: isEither(isFalse, isHeartbeat),
  security: isSecurity,
  nats: isAnything,
  status: isListener,
  driver: isOneOf('auto', 'engine', 'native'),
};
