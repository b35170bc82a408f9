import type { Message } from '../schema/types.js';
import type { WaitOptions } from '../socket/waiters.js';
import type { WriterResult } from './WriterResult.js';

/** What becomes of one message. Its result can be had once. */
export interface WriteOperation {
  /** Settles where savant_rs's call returns: once the message has a place in the queue. */
  readonly enqueued: Promise<void>;
  /**
   * The result, once there is one.
   *
   * @throws what the send failed with; SocketError where the result was had already, or the writer was shut down before
   */
  get(options?: WaitOptions): Promise<WriterResult>;
  /**
   * The result if it is there; `undefined`: it is not.
   *
   * @throws as `get`
   */
  tryGet(): WriterResult | undefined;
}

/** A writer with savant_rs's methods. */
export interface SavantWriter extends AsyncDisposable {
  /**
   * Opens the socket, and gives its real endpoint. Again after `shutdown` only where there is no `maxInflightMessages`: then with
   * another system id, and sequence numbers from 1.
   *
   * @throws SocketError where it was started, or its endpoint cannot be bound: then it may be tried again
   */
  start(): Promise<string>;
  /** Whether it runs. */
  isStarted(): boolean;
  /**
   * Waits for the message that is being sent, drops those behind it, and closes the socket.
   *
   * @throws SocketError where it is not running
   */
  shutdown(): Promise<void>;
  /** Whether it was shut down. */
  isShutdown(): boolean;
  /**
   * Sends a message, after those before it. The message is encoded at once; `data` is copied where it has to wait, unless it is
   * `zeroCopy`. A signal takes it back as long as it waits in the queue.
   *
   * @throws SocketError where it is not running; MessageError, OptionError
   */
  send(
    topic: string | Uint8Array,
    message: Message,
    data?: Uint8Array | readonly Uint8Array[],
    options?: WaitOptions,
  ): WriteOperation;
  /** Sends the end of a stream; the topic is the source unless it is given. */
  sendEos(sourceId: string, topic?: string | Uint8Array, options?: WaitOptions): WriteOperation;
  /** How many messages wait, besides the one that is being sent. */
  inflightMessages(): number;
  /** Whether one more has a place. */
  hasCapacity(): boolean;
}
