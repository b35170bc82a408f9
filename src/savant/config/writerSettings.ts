import type { Rules } from '../../options/rules.js';
import type { StatusObserver } from '../../endpoints/status/statusReporter.js';
import { PROTOCOL_VERSION } from '../messages/message.js';
import { type SavantSocketSettings, savantSocketSettings } from './savantSocketSettings.js';
import { type WriterSocketType, writerUrl } from './savantUrl.js';
import type { WriterOptions } from './WriterOptions.js';

/** The settings of a writer. */
export interface WriterSettings {
  /** The public function, for texts. */
  readonly of: string;
  readonly type: WriterSocketType;
  readonly socket: SavantSocketSettings;
  readonly protocolVersion: string | undefined;
  readonly sendTimeoutMs: number;
  readonly sendRetries: number;
  readonly receiveTimeoutMs: number;
  readonly receiveRetries: number;
  readonly zeroCopy: boolean;
  readonly lingerMs: number;
  readonly status: StatusObserver | undefined;
}

const DEFAULT_LINGER_MS = 1000;

/**
 * Checks the arguments of a writer, and fills in the defaults. REQ uses a DEALER socket, so that a request without an answer
 * does not block the next one.
 *
 * @throws EndpointError, OptionError, UnsupportedError
 */
export function writerSettings(of: string, url: string, options: WriterOptions, rules: Rules): WriterSettings {
  const where = writerUrl(of, url);
  const socket = savantSocketSettings(of, where, options, rules, where.type === 'pub' ? 'pub' : 'dealer');
  const { protocolVersion = PROTOCOL_VERSION, sendHighWaterMark = 50, receiveHighWaterMark = 50 } = options;
  const { sendTimeoutMs = 5000, sendRetries = 3, receiveTimeoutMs = 5000, receiveRetries = 3 } = options;
  const { zeroCopy = false, lingerMs = DEFAULT_LINGER_MS, status } = options;
  return {
    of,
    type: where.type,
    socket: { ...socket, raw: { ...socket.raw, sendHighWaterMark, receiveHighWaterMark } },
    protocolVersion: protocolVersion === 'any' ? undefined : protocolVersion,
    sendTimeoutMs,
    sendRetries,
    receiveTimeoutMs,
    receiveRetries,
    zeroCopy,
    lingerMs,
    status,
  };
}
