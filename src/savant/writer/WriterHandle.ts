import { endOfStream } from '../messages/endOfStream.js';
import { message } from '../messages/message.js';
import type { Message } from '../schema/types.js';
import type { WriterSettings } from '../config/writerSettings.js';
import type { WaitOptions } from '../socket/waiters.js';
import type { Opening } from '../socket/Opening.js';
import { type HandleSession, SavantHandle } from '../socket/SavantHandle.js';
import { Encoder } from './Encoder.js';
import { PendingMessage, type PendingMessageListener } from './PendingMessage.js';
import { Operation } from './Operation.js';
import type { SavantWriter, WriteOperation } from './SavantWriter.js';
import { WriterChannel } from './WriterChannel.js';
import type { WriterResult } from './WriterResult.js';

interface Session extends HandleSession {
  readonly channel: WriterChannel;
  readonly encoder: Encoder;
}

/** The writer that `openWriter` returns. */
export class WriterHandle extends SavantHandle<Session> implements SavantWriter, PendingMessageListener {
  readonly isTolerant = false;
  readonly #settings: WriterSettings;
  readonly #capacity: number;
  /** The operation of each message that is queued or being sent. The first `capacity` of the queued ones have a place. */
  readonly #operations = new Map<PendingMessage, Operation>();
  #current: PendingMessage | undefined;
  /** Some messages have no place in the queue yet. */
  #isOverfull = false;
  /** Called once the outcome of the message that is being sent is known. */
  #idle: (() => void) | undefined;

  /** @param maxInflightMessages `undefined`: each message waits for the one before, and it can be started again */
  constructor(settings: WriterSettings, maxInflightMessages: number | undefined) {
    super('writer', settings.socket, { restarts: maxInflightMessages === undefined });
    this.#settings = settings;
    this.#capacity = maxInflightMessages ?? 0;
  }

  async shutdown(): Promise<void> {
    const session = this.stop();
    if (session) this.ending = this.#end(session);
    await this.ending;
  }

  send(
    topic: string | Uint8Array,
    message: Message,
    data?: Uint8Array | readonly Uint8Array[],
    { signal }: WaitOptions = {},
  ): WriteOperation {
    signal?.throwIfAborted();
    const { encoder, channel, failure } = this.require('send');
    if (failure) throw failure;
    const outgoing = { topic, message, data };
    const pending = new PendingMessage(outgoing, encoder.encode(outgoing), this.#settings.zeroCopy, this);
    const operation = new Operation(channel.endpoint);
    if (signal) operation.heed(signal, (reason) => this.#takeBack(pending, reason));
    this.#operations.set(pending, operation);
    channel.post(pending);
    if (pending === this.#current || !this.#operations.has(pending)) return operation;
    if (channel.size <= this.#capacity) operation.enqueue();
    else this.#isOverfull = true;
    return operation;
  }

  sendEos(sourceId: string, topic: string | Uint8Array = sourceId, options: WaitOptions = {}): WriteOperation {
    return this.send(topic, message(endOfStream(sourceId)), undefined, options);
  }

  inflightMessages(): number {
    return this.#waiting;
  }

  hasCapacity(): boolean {
    if (!this.running) return false;
    return this.#capacity > 0 ? this.#waiting < this.#capacity : this.#current === undefined;
  }

  begun(pending: PendingMessage): void {
    this.#current = pending;
    this.#operations.get(pending)?.begin();
    this.#place();
  }

  done(pending: PendingMessage, result: WriterResult): void {
    this.#settle(pending, { result });
  }

  failed(pending: PendingMessage, error: Error): void {
    this.#settle(pending, { error });
  }

  protected override open(opening: Opening): Session {
    const session: Session = {
      opening,
      encoder: new Encoder('openWriter', this.#settings.protocolVersion),
      failure: undefined,
      channel: new WriterChannel(this.#settings, {
        idle: () => undefined,
        ...this.listener(() => session, opening),
      }),
    };
    return session;
  }

  protected override started(): void {}

  protected override abandon({ channel }: Session): void {
    channel.close(0);
  }

  protected override broken(error: Error): void {
    this.#drop(error);
    if (this.#current) this.#settle(this.#current, { error });
  }

  /** Ends a session. The next one waits for it: the message that is being sent has the endpoint until its outcome is known. */
  async #end({ channel, opening }: Session): Promise<void> {
    this.#drop(this.lifetime.error('send', channel.endpoint));
    if (this.#current) await new Promise<void>((resolve) => (this.#idle = resolve));
    this.session = undefined;
    channel.close(this.#settings.lingerMs);
    await opening.gone;
    this.ending = undefined;
  }

  /** The number of messages that wait for their turn. */
  get #waiting(): number {
    return this.session?.channel.size ?? 0;
  }

  /** Notifies the operations that have a place in the queue. */
  #place(): void {
    if (!this.#isOverfull) return;
    this.#isOverfull = this.#waiting > this.#capacity;
    let left = this.#capacity;
    for (const pending of this.session?.channel.waiting() ?? []) {
      if (left === 0) return;
      left -= 1;
      this.#operations.get(pending)?.enqueue();
    }
  }

  #settle(pending: PendingMessage, outcome: Parameters<Operation['settle']>[0]): void {
    const operation = this.#operations.get(pending);
    this.#operations.delete(pending);
    if (pending === this.#current) this.#current = undefined;
    operation?.settle(outcome);
    const idle = this.#idle;
    this.#idle = undefined;
    idle?.();
  }

  /** Drops the messages that wait. */
  #drop(error: unknown): void {
    const waiting = [...(this.session?.channel.waiting() ?? [])];
    for (const pending of waiting) this.#takeBack(pending, error);
  }

  #takeBack(pending: PendingMessage, reason: unknown): void {
    if (this.session?.channel.takeBack(pending) !== true) return;
    const operation = this.#operations.get(pending);
    this.#operations.delete(pending);
    operation?.settle({ error: reason });
    this.#place();
  }
}
