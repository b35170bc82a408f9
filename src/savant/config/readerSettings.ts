import type { Rules } from '../../options/rules.js';
import type { ReaderOptions } from './ReaderOptions.js';
import { KNOWN_VERSIONS } from '../messages/message.js';
import { type SavantSocketSettings, savantSocketSettings } from './savantSocketSettings.js';
import { type ReaderSocketType, readerUrl } from './savantUrl.js';
import { type TopicPrefix, topicPrefix } from './topicPrefix.js';
import type { ReaderStatusObserver } from './ReaderStatus.js';

/** The settings of a reader. */
export interface ReaderSettings {
  /** The public function, for texts. */
  readonly of: string;
  readonly type: ReaderSocketType;
  readonly socket: SavantSocketSettings;
  /** The versions that are accepted; `undefined`: all. */
  readonly protocolVersions: readonly string[] | undefined;
  readonly receiveTimeoutMs: number;
  readonly prefix: TopicPrefix;
  readonly routingCacheSize: number;
  readonly sourceBlacklistSize: number;
  readonly sourceBlacklistTtlMs: number;
  readonly lingerMs: number;
  readonly status: ReaderStatusObserver | undefined;
}

/** For answers that are not sent yet. */
const DEFAULT_LINGER_MS = 1000;

/**
 * Checks the arguments of a reader, and fills in the defaults.
 *
 * @throws EndpointError, OptionError, UnsupportedError
 */
export function readerSettings(of: string, url: string, options: ReaderOptions, rules: Rules): ReaderSettings {
  const where = readerUrl(of, url);
  const socket = savantSocketSettings(of, where, options, rules, where.type);
  const { protocolVersion = KNOWN_VERSIONS, receiveTimeoutMs = 1000, receiveHighWaterMark = 50 } = options;
  const { routingCacheSize = 512, sourceBlacklistSize = 1024, sourceBlacklistTtlMs = 10_000 } = options;
  const { topicPrefixSpec = 'none', lingerMs = DEFAULT_LINGER_MS, status } = options;
  return {
    of,
    type: where.type,
    socket: { ...socket, raw: { ...socket.raw, receiveHighWaterMark } },
    protocolVersions: protocolVersion === 'any' ? undefined : [protocolVersion].flat(),
    receiveTimeoutMs,
    prefix: topicPrefix(topicPrefixSpec),
    routingCacheSize,
    sourceBlacklistSize,
    sourceBlacklistTtlMs,
    lingerMs,
    status,
  };
}
