import type { Message } from '../schema/types.js';
import type { WaitOptions } from '../socket/waiters.js';
import type { WriterResult } from './WriterResult.js';

/** The operation of sending one message. Its result can be read once. */
export interface WriteOperation {
  /** Settles when the call of savant_rs would return: once the message is in the queue. */
  readonly enqueued: Promise<void>;
  /**
   * Resolves to the result.
   *
   * @throws the error of the send; SocketError if the result was read before, or the writer was shut down before
   */
  get(options?: WaitOptions): Promise<WriterResult>;
  /**
   * The result, or `undefined` if there is none yet.
   *
   * @throws as `get`
   */
  tryGet(): WriterResult | undefined;
}

/** A writer with the methods of savant_rs. */
export interface SavantWriter extends AsyncDisposable {
  /**
   * Opens the socket, and resolves to its real endpoint. After `shutdown` it can be called again only without
   * `maxInflightMessages`, and then has another system id, and sequence numbers from 1. It waits for a `shutdown` that is pending.
   *
   * @throws SocketError if it was started, or its endpoint cannot be bound; after that error it may be called again
   */
  start(): Promise<string>;
  /** Whether it is running. */
  isStarted(): boolean;
  /**
   * Waits for the message that is being sent, drops those after it, and closes the socket.
   *
   * @throws SocketError if it is not running
   */
  shutdown(): Promise<void>;
  /** Whether it was shut down. */
  isShutdown(): boolean;
  /**
   * Sends a message, after those before it. It encodes the message at once, and copies `data` if the message has to wait, unless
   * `zeroCopy` is set. A signal cancels it while it waits in the queue.
   *
   * @throws SocketError if it is not running; MessageError, OptionError
   */
  send(
    topic: string | Uint8Array,
    message: Message,
    data?: Uint8Array | readonly Uint8Array[],
    options?: WaitOptions,
  ): WriteOperation;
  /** Sends the end of a stream; the topic defaults to the source. */
  sendEos(sourceId: string, topic?: string | Uint8Array, options?: WaitOptions): WriteOperation;
  /** The number of messages in the queue, besides the one that is being sent. */
  inflightMessages(): number;
  /** Whether the queue has space for one more. */
  hasCapacity(): boolean;
}
