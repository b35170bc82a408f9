import { endOfStream } from '../messages/endOfStream.js';
import { message } from '../messages/message.js';
import type { Message } from '../schema/types.js';
import type { WriterSettings } from '../config/writerSettings.js';
import type { WaitOptions } from '../socket/waiters.js';
import { Lifetime } from '../socket/Lifetime.js';
import { Opening } from '../socket/Opening.js';
import { Encoder } from './Encoder.js';
import { PendingMessage, type PendingMessageListener } from './PendingMessage.js';
import { Operation } from './Operation.js';
import type { SavantWriter, WriteOperation } from './SavantWriter.js';
import { WriterChannel } from './WriterChannel.js';
import type { WriterResult } from './WriterResult.js';

/** What is open between a start and its shutdown. */
interface Session {
  readonly channel: WriterChannel;
  readonly opening: Opening;
  readonly encoder: Encoder;
  /** It has failed: nothing is sent any more. */
  failure: Error | undefined;
}

/** The writer that `openWriter` gives. */
export class WriterHandle implements SavantWriter, PendingMessageListener {
  readonly isTolerant = false;
  readonly #settings: WriterSettings;
  readonly #capacity: number;
  readonly #lifetime: Lifetime;
  /** In their order, each with what is told of it; the first `capacity` have a place. */
  readonly #queue = new Map<PendingMessage, Operation>();
  #current: { readonly pending: PendingMessage; readonly operation: Operation } | undefined;
  #session: Session | undefined;
  #isStarting = false;
  /** Some have no place in the queue yet. */
  #isOverfull = false;
  /** Called once the message that is being sent is done with. */
  #idle: (() => void) | undefined;

  /** @param maxInflightMessages `undefined`: each waits for the one before, and it can be started again */
  constructor(settings: WriterSettings, maxInflightMessages: number | undefined) {
    this.#settings = settings;
    this.#capacity = maxInflightMessages ?? 0;
    this.#lifetime = new Lifetime('writer', maxInflightMessages === undefined);
  }

  async start(): Promise<string> {
    this.#lifetime.start(this.#endpoint);
    const session = this.#open();
    this.#session = session;
    try {
      return await session.opening.done;
    } catch (error) {
      if (this.#session === session) {
        this.#session = undefined;
        this.#lifetime.unstart();
        session.channel.close(0);
      }
      throw error;
    }
  }

  isStarted(): boolean {
    return this.#lifetime.isStarted;
  }

  async shutdown(): Promise<void> {
    this.#lifetime.stop(this.#endpoint);
    const { channel, opening } = this.#session!;
    const error = this.#lifetime.error('send', channel.endpoint);
    opening.failed(this.#lifetime.error('open', channel.endpoint));
    this.#drop(error);
    if (this.#current) await new Promise<void>((resolve) => (this.#idle = resolve));
    this.#session = undefined;
    channel.close(this.#settings.lingerMs);
    await opening.gone;
  }

  isShutdown(): boolean {
    return this.#lifetime.isShutdown;
  }

  send(
    topic: string | Uint8Array,
    message: Message,
    data?: Uint8Array | readonly Uint8Array[],
    { signal }: WaitOptions = {},
  ): WriteOperation {
    signal?.throwIfAborted();
    this.#lifetime.require('send', this.#endpoint);
    const { encoder, channel, failure } = this.#session!;
    if (failure) throw failure;
    const outgoing = { topic, message, data };
    const pending = new PendingMessage(outgoing, encoder.encode(outgoing), this.#settings.zeroCopy, this);
    const operation = new Operation(channel.endpoint);
    if (signal) operation.heed(signal, (reason) => this.#takeBack(pending, operation, reason));
    this.#queue.set(pending, operation);
    this.#flush();
    if (!this.#queue.has(pending)) return operation;
    pending.own();
    if (this.#queue.size <= this.#capacity) operation.enqueue();
    else this.#isOverfull = true;
    return operation;
  }

  sendEos(sourceId: string, topic: string | Uint8Array = sourceId, options: WaitOptions = {}): WriteOperation {
    return this.send(topic, message(endOfStream(sourceId)), undefined, options);
  }

  inflightMessages(): number {
    return this.#queue.size;
  }

  hasCapacity(): boolean {
    if (!this.#lifetime.isRunning) return false;
    return this.#capacity > 0 ? this.#queue.size < this.#capacity : this.#current === undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#lifetime.isRunning) await this.shutdown();
  }

  done(_errand: PendingMessage, result: WriterResult): void {
    this.#settle({ result });
  }

  failed(_errand: PendingMessage, error: Error): void {
    this.#settle({ error });
  }

  get #endpoint(): string {
    return this.#session?.channel.endpoint ?? this.#settings.socket.endpoint;
  }

  #open(): Session {
    const { bind } = this.#settings.socket;
    const opening = new Opening(bind);
    const session: Session = {
      opening,
      encoder: new Encoder('openWriter', this.#settings.protocolVersion),
      failure: undefined,
      channel: new WriterChannel(this.#settings, {
        room: () => this.#flush(),
        status: (status) => opening.hear(status, session.channel.endpoint),
        failed: (error) => {
          session.failure = error;
          opening.failed(error);
          if (this.#session !== session) return;
          this.#drop(error);
          this.#settle({ error });
        },
        closed: () => opening.closed(),
      }),
    };
    return session;
  }

  #flush(): void {
    if (this.#isStarting) return;
    this.#isStarting = true;
    while (this.#current === undefined && this.#session?.channel.isFree === true && this.#queue.size > 0) {
      const [next] = this.#queue as Iterable<[PendingMessage, Operation]> as [[PendingMessage, Operation]];
      const [pending, operation] = next;
      this.#queue.delete(pending);
      this.#current = { pending, operation };
      operation.begin();
      this.#session.channel.start(pending);
    }
    this.#isStarting = false;
    this.#place();
  }

  /** Tells those that have a place in the queue. */
  #place(): void {
    if (!this.#isOverfull) return;
    this.#isOverfull = this.#queue.size > this.#capacity;
    let left = this.#capacity;
    for (const operation of this.#queue.values()) {
      if (left === 0) return;
      left -= 1;
      operation.enqueue();
    }
  }

  #settle(outcome: Parameters<Operation['settle']>[0]): void {
    const current = this.#current;
    this.#current = undefined;
    current?.operation.settle(outcome);
    const idle = this.#idle;
    this.#idle = undefined;
    idle?.();
  }

  /** Those that wait are not sent any more. */
  #drop(error: unknown): void {
    const operations = [...this.#queue.values()];
    this.#queue.clear();
    for (const operation of operations) operation.settle({ error });
  }

  #takeBack(pending: PendingMessage, operation: Operation, reason: unknown): void {
    this.#queue.delete(pending);
    operation.settle({ error: reason });
    this.#place();
  }
}
