import type { Demand } from '../../demand/types.js';
import { isBoolean, isDemand, isInteger, type Rules } from '../../options/rules.js';
import type { StatusObserver } from '../../endpoints/status/statusReporter.js';
import { isProtocolVersion, type SavantSocketOptions, savantRules } from './SavantSocketOptions.js';

/** What every writer takes. */
export interface WriterOptions extends SavantSocketOptions {
  /**
   * The version that messages are sent with, whatever they say: savant_rs reads those of its own release only. `'any'`: what they
   * say stays. @default '1.15.1'
   */
  readonly protocolVersion?: string | undefined;
  /** How long one try to send may take, in ms, from 1. savant_rs: `send_timeout`. @default 5000 */
  readonly sendTimeoutMs?: number | undefined;
  /** Further tries, from 0. savant_rs: `send_retries`. @default 3 */
  readonly sendRetries?: number | undefined;
  /** How long one wait for an answer may take, in ms, from 1. savant_rs: `receive_timeout`. @default 5000 */
  readonly receiveTimeoutMs?: number | undefined;
  /** Further waits, from 0. savant_rs: `receive_retries`. @default 3 */
  readonly receiveRetries?: number | undefined;
  /** Messages that wait for one peer, from 1. savant_rs: `send_hwm`. @default 50 */
  readonly sendHighWaterMark?: number | undefined;
  /** Answers that wait to be read, from 1. savant_rs: `receive_hwm`. @default 50 */
  readonly receiveHighWaterMark?: number | undefined;
  /** Whether the arrays of `data` belong to the socket; `false`: they may be changed at once. @default false */
  readonly zeroCopy?: boolean | undefined;
  /** Hears what the socket tells of itself. What it throws is warned of and harms nothing. */
  readonly status?: StatusObserver | undefined;
}

/** Options of {@link toWriter}. */
export interface ToWriterOptions extends WriterOptions {
  /** Whose room, besides its own, holds back what feeds it; `null`: nobody's. @default the consumer's that is found when it is subscribed */
  readonly demand?: Demand | null | undefined;
  /**
   * How many values may wait that come of where demand cannot reach; one more is an `OverflowError`. @default 1000
   */
  readonly maxBuffered?: number | undefined;
}

/** Options of {@link openWriter}. */
export interface OpenWriterOptions extends WriterOptions {
  /**
   * How many messages may wait besides the one that is being sent, as in savant_rs's non-blocking writer, from 0; such a writer
   * cannot be started again. @default none: each waits for the one before
   */
  readonly maxInflightMessages?: number | undefined;
}

/** The largest value that savant_rs takes for a number. */
const MOST = 2 ** 31 - 1;

const writerRules: Rules = {
  ...savantRules,
  protocolVersion: isProtocolVersion,
  sendTimeoutMs: isInteger(1, MOST),
  sendRetries: isInteger(0, MOST),
  receiveTimeoutMs: isInteger(1, MOST),
  receiveRetries: isInteger(0, MOST),
  sendHighWaterMark: isInteger(1, MOST),
  receiveHighWaterMark: isInteger(1, MOST),
  zeroCopy: isBoolean,
};

/** The rules for {@link ToWriterOptions}. */
export const toWriterRules: Rules = { ...writerRules, demand: isDemand, maxBuffered: isInteger(0) };

/** The rules for {@link OpenWriterOptions}. */
export const openWriterRules: Rules = { ...writerRules, maxInflightMessages: isInteger(0) };
