import type { WaitOptions } from '../socket/waiters.js';
import type { ReaderResult } from './ReaderResult.js';

/** A reader with the methods of savant_rs; those that block there return promises. */
export interface SavantReader extends AsyncDisposable {
  /**
   * Opens the socket, and resolves to its real endpoint. After `shutdown` it can be called again only without `resultsQueueSize`.
   *
   * @throws SocketError if it was started, or its endpoint cannot be bound; after that error it may be called again
   */
  start(): Promise<string>;
  /** Whether it is running. */
  isStarted(): boolean;
  /**
   * Closes the socket. Messages that were not received are lost, and pending calls of `receive` reject.
   *
   * @throws SocketError if it is not running
   */
  shutdown(): Promise<void>;
  /** Whether it was shut down. */
  isShutdown(): boolean;
  /**
   * Resolves to the next result, of kind `timeout` if no message has arrived for `receiveTimeoutMs`. Several pending calls take turns.
   *
   * @throws SocketError if it is not running; MessageError for a message that cannot be decoded: the reader goes on
   */
  receive(options?: WaitOptions): Promise<ReaderResult>;
  /**
   * The next result, or `undefined` if there is none yet.
   *
   * @throws as `receive`
   */
  tryReceive(): ReaderResult | undefined;
  /** The number of results that wait to be received. */
  enqueuedResults(): number;
  /** Ignores the messages of a topic for a while. The list survives a restart. */
  blacklistSource(topic: string | Uint8Array): void;
  /** Whether a topic is blacklisted now. */
  isBlacklisted(topic: string | Uint8Array): boolean;
}
