import { isBoolean, isDuration, isEither, isInfinity, isInteger, type Rules } from '../options/rules.js';

/** Limits for each client of a path: those of the gateway, unless the path has its own. */
export interface RouteLimits {
  /** How much a client may send before the application has read it, in bytes. @default 262,144 (256 KiB) */
  readonly windowBytes: number;
  /**
   * The largest message that a client may send, in bytes. A client that sends a larger one is closed with 4000, or 1009.
   * @default 1,048,576 (1 MiB)
   */
  readonly maxMessageBytes: number;
  /** How many parts a message of a client may have. A client that sends more is closed with 4000. @default 64 */
  readonly maxParts: number;
  /** How many subscriptions a client may have. A client that asks for more is closed with 4000. @default 100 */
  readonly maxSubscriptions: number;
  /** The longest topic that a client may ask for, in bytes. A client that asks for a longer one is closed with 4000. @default 1024 */
  readonly maxTopicBytes: number;
  /** How many messages a client may send in a second. More wait at the client, until it has credit again. @default Infinity */
  readonly messagesPerSecond: number;
  /** How many bytes a client may send in a second. More wait in the same way. @default Infinity */
  readonly bytesPerSecond: number;
  /**
   * `ZMQ_SNDHWM`: how many messages are queued here for a client. If the high-water mark of the socket is lower, that one counts.
   * @default 1000
   */
  readonly highWaterMark: number;
  /** The same in bytes. @default 4,194,304 (4 MiB) */
  readonly highWaterBytes: number;
  /** How long a message may wait for a client without credit, in ms, before the client counts as stalled. @default 30,000 */
  readonly slowMs: number;
  /** Whether a stalled client is closed with 4410. @default false: only `status` reports it */
  readonly closeSlow: boolean;
}

/** Limits of a gateway. */
export interface GatewayLimits extends RouteLimits {
  /** How many WebSockets may be open at once; further ones get HTTP 503. @default 1000 */
  readonly maxClients: number;
  /** How many of them may be from one address (with IPv6, one /64 network); further ones get HTTP 429. @default 100 */
  readonly maxClientsPerAddress: number;
  /** How many of them may be of one user, by the id from `authenticate`; further ones are closed with 4429. @default 20 */
  readonly maxClientsPerUser: number;
  /** How long `authenticate` may take, and then the hello of the client, in ms. @default 10,000 */
  readonly handshakeTimeoutMs: number;
  /** How many clients may be without a hello. For one more, the oldest of the address with the most is disconnected. @default 1000 */
  readonly maxHandshakes: number;
  /** How many different tokens of one address may be refused in a minute; after that it gets HTTP 429. @default 10 */
  readonly maxFailedTokens: number;
  /**
   * How much may be queued here for all clients together, in bytes. Beyond that, the queues of the clients with most count as full.
   * @default 268,435,456 (256 MiB)
   */
  readonly maxBufferedBytes: number;
  /** How often the gateway pings a client, in ms. Proxies often close a connection that is silent for 60 s. @default 20,000 */
  readonly pingMs: number;
  /** After this long without traffic from a client it counts as gone, in ms; more than `pingMs`. @default 45,000 */
  readonly goneMs: number;
}

/** The default limits. */
export const defaultLimits: GatewayLimits = {
  windowBytes: 256 * 1024,
  maxMessageBytes: 1024 * 1024,
  maxParts: 64,
  maxSubscriptions: 100,
  maxTopicBytes: 1024,
  messagesPerSecond: Infinity,
  bytesPerSecond: Infinity,
  highWaterMark: 1000,
  highWaterBytes: 4 * 1024 * 1024,
  slowMs: 30_000,
  closeSlow: false,
  maxClients: 1000,
  maxClientsPerAddress: 100,
  maxClientsPerUser: 20,
  handshakeTimeoutMs: 10_000,
  maxHandshakes: 1000,
  maxFailedTokens: 10,
  maxBufferedBytes: 256 * 1024 * 1024,
  pingMs: 20_000,
  goneMs: 45_000,
};

const isCount = isInteger(1);
const isCountOrNone = isEither(isCount, isInfinity);

/** The rules for {@link RouteLimits}. */
export const routeLimitRules: Rules = {
  windowBytes: isInteger(64 * 1024, 64 * 1024 * 1024),
  maxMessageBytes: isInteger(1, 2 ** 30),
  maxParts: isCount,
  maxSubscriptions: isCount,
  maxTopicBytes: isInteger(0),
  messagesPerSecond: isCountOrNone,
  bytesPerSecond: isCountOrNone,
  highWaterMark: isCount,
  highWaterBytes: isCount,
  slowMs: isDuration(1),
  closeSlow: isBoolean,
};

/** The rules for {@link GatewayLimits}. */
export const limitRules: Rules = {
  ...routeLimitRules,
  maxClients: isCount,
  maxClientsPerAddress: isCountOrNone,
  maxClientsPerUser: isCountOrNone,
  handshakeTimeoutMs: isDuration(1),
  maxHandshakes: isCount,
  maxFailedTokens: isCountOrNone,
  maxBufferedBytes: isCount,
  pingMs: isDuration(100),
  goneMs: isDuration(100),
};

/** Merges the given limits into the others: an explicit `undefined` does not count. */
export function withLimits<L extends RouteLimits>(otherwise: L, given: Partial<L> = {}): L {
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...otherwise, ...Object.fromEntries(set) };
}
