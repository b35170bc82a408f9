import { isBoolean, isDuration, isEither, isInfinity, isInteger, type Rules } from '../options/rules.js';

/** Bounds for each client of a path: those of the gateway, unless the path has its own. */
export interface RouteLimits {
  /** What a client may send before the application has read it, in bytes. @default 262,144 (256 KiB) */
  readonly windowBytes: number;
  /** The largest message a client may send, in bytes; one that sends more is closed with 4000, or 1009. @default 1,048,576 (1 MiB) */
  readonly maxMessageBytes: number;
  /** The most parts a message of a client may have; one that sends more is closed with 4000. @default 64 */
  readonly maxParts: number;
  /** Subscriptions a client may have; one that asks for more is closed with 4000. @default 100 */
  readonly maxSubscriptions: number;
  /** The longest topic a client may ask for, in bytes; one that asks for a longer one is closed with 4000. @default 1024 */
  readonly maxTopicBytes: number;
  /** Messages a client may send in a second: more wait at the client, for want of credit. @default Infinity */
  readonly messagesPerSecond: number;
  /** Bytes a client may send in a second, in the same way. @default Infinity */
  readonly bytesPerSecond: number;
  /** Messages that wait here for a client; the socket's own mark holds where it is lower. @default 1000 */
  readonly highWaterMark: number;
  /** The same in bytes. @default 4,194,304 (4 MiB) */
  readonly highWaterBytes: number;
  /** How long something may wait for a client that gives no credit, in ms, before it counts as stalled. @default 30,000 */
  readonly slowMs: number;
  /** A client that has stalled is closed with 4410. @default false: it is told by `status` alone */
  readonly closeSlow: boolean;
}

/** Bounds of a gateway. */
export interface GatewayLimits extends RouteLimits {
  /** WebSockets that are open at once; further ones get HTTP 503. @default 1000 */
  readonly maxClients: number;
  /** Those of one address (of IPv6, one network of 64 bits); further ones get HTTP 429. @default 100 */
  readonly maxClientsPerAddress: number;
  /** Those of one user, by the id that `authenticate` gives; further ones are closed with 4429. @default 20 */
  readonly maxClientsPerUser: number;
  /** How long `authenticate`, and then the client's hello, may take, in ms. @default 10,000 */
  readonly handshakeTimeoutMs: number;
  /** Clients that have not said hello; the oldest of the address that has the most makes way for one more. @default 1000 */
  readonly maxHandshakes: number;
  /** Different tokens of one address that may be refused in a minute; then it gets HTTP 429. @default 10 */
  readonly maxFailedTokens: number;
  /** What may wait here for all clients together, in bytes; then those that hold most have no room. @default 268,435,456 (256 MiB) */
  readonly maxBufferedBytes: number;
  /** How often a client is pinged, in ms. Proxies often cut what is silent for 60 s. @default 20,000 */
  readonly pingMs: number;
  /** After how long a silence a client counts as gone, in ms. @default 45,000 */
  readonly goneMs: number;
}

/** What holds where nothing else is said. */
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

/** Limits with what was given in the place of what holds otherwise: an explicit `undefined` is nothing. */
export function withLimits<L extends RouteLimits>(otherwise: L, given: Partial<L> = {}): L {
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...otherwise, ...Object.fromEntries(set) };
}
