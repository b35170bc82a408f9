import type { Demand } from '../../demand/types.js';
import { isOnInvalid, type OnInvalid } from '../../endpoints/status/invalidMessages.js';
import { isBoolean, isDemand, isInteger, type Rules } from '../../options/rules.js';
import { isProtocolVersion, type SavantSocketOptions, savantRules } from './SavantSocketOptions.js';
import { isTopicPrefixSpec } from './topicPrefix.js';
import type { TopicPrefixSpec } from './TopicPrefixSpec.js';
import type { ReaderStatusObserver } from './ReaderStatus.js';

/** What every reader takes. */
export interface ReaderOptions extends SavantSocketOptions {
  /**
   * The version that messages must have, exactly: savant_rs writes its release into each. The topic of another is blacklisted for
   * a while. `'any'`: it is not looked at. @default '1.15.1'
   */
  readonly protocolVersion?: string | undefined;
  /** How long a reader waits before it says that nothing came, in ms, from 1. savant_rs: `receive_timeout`. @default 1000 */
  readonly receiveTimeoutMs?: number | undefined;
  /** Messages that wait to be read, for each peer, from 1. savant_rs: `receive_hwm`. @default 50 */
  readonly receiveHighWaterMark?: number | undefined;
  /** Which topics are let through; SUB subscribes to no others. savant_rs: `topic_prefix_spec`. @default 'none' */
  readonly topicPrefixSpec?: TopicPrefixSpec | undefined;
  /** ROUTER: how many senders that were replaced are kept out, from 1. savant_rs: `routing_cache_size`. @default 512 */
  readonly routingCacheSize?: number | undefined;
  /** Topics that can be blacklisted at the same time, from 1. savant_rs: `source_blacklist_size`. @default 1024 */
  readonly sourceBlacklistSize?: number | undefined;
  /** For how long, in ms, from 1. savant_rs: `source_blacklist_ttl`, in seconds. @default 10,000 */
  readonly sourceBlacklistTtlMs?: number | undefined;
  /** Hears what the socket tells of itself, and of gaps in the sequence. What it throws is warned of and harms nothing. */
  readonly status?: ReaderStatusObserver | undefined;
}

/** Options of {@link fromReader}. */
export interface FromReaderOptions extends ReaderOptions {
  /** Whether a result of kind `timeout` is emitted each time nothing has come for `receiveTimeoutMs`. @default false */
  readonly emitTimeouts?: boolean | undefined;
  /** What happens to a message that cannot be decoded. @default 'skip' */
  readonly onInvalid?: OnInvalid | undefined;
  /** Whose room is asked before each read; `null`: nobody's. @default the consumer's that is found when it is subscribed */
  readonly demand?: Demand | null | undefined;
}

/** Options of {@link openReader}. */
export interface OpenReaderOptions extends ReaderOptions {
  /**
   * How many results are read ahead, timeouts included, as savant_rs's non-blocking reader does, from 0; such a reader cannot be
   * started again. @default none: a message is read when it is asked for
   */
  readonly resultsQueueSize?: number | undefined;
}

/** The largest value that savant_rs takes for a number. */
const MOST = 2 ** 31 - 1;

const readerRules: Rules = {
  ...savantRules,
  protocolVersion: isProtocolVersion,
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
