import type { Demand } from '../../demand/types.js';
import { isBoolean, isDemand, isInteger, type Rules } from '../../options/rules.js';
import type { StatusObserver } from '../../endpoints/status/statusReporter.js';
import { isProtocolVersion, type SavantSocketOptions, savantRules } from './SavantSocketOptions.js';

/** Options of all writers. */
export interface WriterOptions extends SavantSocketOptions {
  /**
   * The version to write into each message: savant_rs reads only messages of its own release. `'any'`: keeps the version of the
   * message. @default '1.15.1'
   */
  readonly protocolVersion?: string | undefined;
  /** savant_rs: `send_timeout`: how long one try to send may take, in ms, from 1. @default 5000 */
  readonly sendTimeoutMs?: number | undefined;
  /** savant_rs: `send_retries`: how many more tries to send, from 0. @default 3 */
  readonly sendRetries?: number | undefined;
  /** savant_rs: `receive_timeout`: how long one wait for an answer may take, in ms, from 1. @default 5000 */
  readonly receiveTimeoutMs?: number | undefined;
  /** savant_rs: `receive_retries`: how many more waits for an answer, from 0. @default 3 */
  readonly receiveRetries?: number | undefined;
  /** `ZMQ_SNDHWM`, savant_rs: `send_hwm`: how many messages may wait for one peer, from 1. @default 50 */
  readonly sendHighWaterMark?: number | undefined;
  /** `ZMQ_RCVHWM`, savant_rs: `receive_hwm`: how many answers may wait to be read, from 1. @default 50 */
  readonly receiveHighWaterMark?: number | undefined;
  /** Whether the socket owns the arrays of `data`; `false`: you may change them at once. @default false */
  readonly zeroCopy?: boolean | undefined;
  /** Gets the events of the socket. If it throws, that is a process warning and nothing else. */
  readonly status?: StatusObserver | undefined;
}

/** Options of {@link toWriter}. */
export interface ToWriterOptions extends WriterOptions {
  /** The demand, besides its own, that holds back its source; `null`: none. @default that of the consumer found at subscription */
  readonly demand?: Demand | null | undefined;
  /**
   * How many values from a source that ignores back-pressure may wait; one more is an `OverflowError`. @default 1000
   */
  readonly maxBuffered?: number | undefined;
}

/** Options of {@link openWriter}. */
export interface OpenWriterOptions extends WriterOptions {
  /**
   * How many messages may be queued besides the one that is being sent, as in savant_rs's non-blocking writer, from 0; such a
   * writer cannot be started again. @default none: each waits for the one before
   */
  readonly maxInflightMessages?: number | undefined;
}

/** The largest value that savant_rs accepts for a number. */
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
