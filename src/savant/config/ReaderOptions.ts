import type { Demand } from '../../demand/types.js';
import { isOnInvalid, type OnInvalid } from '../../endpoints/status/invalidMessages.js';
import { isBoolean, isDemand, isEither, isInteger, type Rule, type Rules } from '../../options/rules.js';
import { isProtocolVersion, type SavantSocketOptions, savantRules } from './SavantSocketOptions.js';
import { isTopicPrefixSpec } from './topicPrefix.js';
import type { TopicPrefixSpec } from './TopicPrefixSpec.js';
import type { ReaderStatusObserver } from './ReaderStatus.js';

/** Options of all readers. */
export interface ReaderOptions extends SavantSocketOptions {
  /**
   * The version, or the versions, that messages may have: savant_rs writes its release into each. The topic of a message with
   * another version is blacklisted for a while. `'any'`: not checked. @default ['0.2.0', '1.15.1'], which savant_rs 0.3.0 and 1.15.1 write
   */
  readonly protocolVersion?: string | readonly string[] | undefined;
  /** savant_rs: `receive_timeout`: how long a reader waits for a message before it reports a time-out, in ms, from 1. @default 1000 */
  readonly receiveTimeoutMs?: number | undefined;
  /** `ZMQ_RCVHWM`, savant_rs: `receive_hwm`: how many messages may wait to be read, for each peer, from 1. @default 50 */
  readonly receiveHighWaterMark?: number | undefined;
  /** savant_rs: `topic_prefix_spec`: which topics to accept; SUB subscribes to no others. @default 'none' */
  readonly topicPrefixSpec?: TopicPrefixSpec | undefined;
  /** savant_rs: `routing_cache_size`, ROUTER: how many replaced senders to remember and refuse, from 1. @default 512 */
  readonly routingCacheSize?: number | undefined;
  /** savant_rs: `source_blacklist_size`: how many topics can be blacklisted at the same time, from 1. @default 1024 */
  readonly sourceBlacklistSize?: number | undefined;
  /** savant_rs: `source_blacklist_ttl`, there in seconds: how long a topic is blacklisted, in ms, from 1. @default 10,000 */
  readonly sourceBlacklistTtlMs?: number | undefined;
  /** Gets the events of the socket, and gaps in the sequence. If it throws, that is a process warning and nothing else. */
  readonly status?: ReaderStatusObserver | undefined;
}

/** Options of {@link fromReader}. */
export interface FromReaderOptions extends ReaderOptions {
  /** Whether to emit a result of kind `timeout` each time no message has arrived for `receiveTimeoutMs`. @default false */
  readonly emitTimeouts?: boolean | undefined;
  /** What to do with a message that cannot be decoded. @default 'skip' */
  readonly onInvalid?: OnInvalid | undefined;
  /** The demand to ask before each read; `null`: none. @default that of the consumer found at subscription */
  readonly demand?: Demand | null | undefined;
}

/** Options of {@link openReader}. */
export interface OpenReaderOptions extends ReaderOptions {
  /**
   * How many results to read ahead, time-outs included, as savant_rs's non-blocking reader does, from 0; such a reader cannot be
   * started again. @default none: a message is read when `receive` is called
   */
  readonly resultsQueueSize?: number | undefined;
}

/** The largest value that savant_rs accepts for a number. */
const MOST = 2 ** 31 - 1;

const isProtocolVersions: Rule = (value, at) =>
  Array.isArray(value) && value.length > 0 && value.every((one) => isProtocolVersion(one, at) === undefined)
    ? undefined
    : 'an array of versions';

const readerRules: Rules = {
  ...savantRules,
  protocolVersion: isEither(isProtocolVersion, isProtocolVersions),
  receiveTimeoutMs: isInteger(1, MOST),
  receiveHighWaterMark: isInteger(1, MOST),
  topicPrefixSpec: isTopicPrefixSpec,
  routingCacheSize: isInteger(1),
  sourceBlacklistSize: isInteger(1),
  sourceBlacklistTtlMs: isInteger(1),
};

/** The rules for {@link FromReaderOptions}. */
export const fromReaderRules: Rules = {
  ...readerRules,
  emitTimeouts: isBoolean,
  onInvalid: isOnInvalid,
  demand: isDemand,
};

/** The rules for {@link OpenReaderOptions}. */
export const openReaderRules: Rules = { ...readerRules, resultsQueueSize: isInteger(0) };
