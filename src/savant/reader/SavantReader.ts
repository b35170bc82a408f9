import type { WaitOptions } from '../socket/waiters.js';
import type { ReaderResult } from './ReaderResult.js';

/** A reader with savant_rs's methods, those that block there being promises. */
export interface SavantReader extends AsyncDisposable {
  /**
   * Opens the socket, and gives its real endpoint. Again after `shutdown` only where there is no `resultsQueueSize`.
   *
   * @throws SocketError where it was started, or its endpoint cannot be bound: then it may be tried again
   */
  start(): Promise<string>;
  /** Whether it runs. */
  isStarted(): boolean;
  /**
   * Closes the socket. What was not received is lost, and who waits for it is told.
   *
   * @throws SocketError where it is not running
   */
  shutdown(): Promise<void>;
  /** Whether it was shut down. */
  isShutdown(): boolean;
  /**
   * The next result, of kind `timeout` where nothing has come for `receiveTimeoutMs`. Several at once take turns.
   *
   * @throws SocketError where it is not running; MessageError for a message that cannot be decoded: the reader goes on
   */
  receive(options?: WaitOptions): Promise<ReaderResult>;
  /**
   * The next result if it is there; `undefined`: it is not.
   *
   * @throws as `receive`
   */
  tryReceive(): ReaderResult | undefined;
  /** How many results wait to be received. */
  enqueuedResults(): number;
  /** Reads nothing of a topic for a while. The list outlives the socket. */
  blacklistSource(topic: string | Uint8Array): void;
  /** Whether nothing is read of a topic for now. */
  isBlacklisted(topic: string | Uint8Array): boolean;
}
