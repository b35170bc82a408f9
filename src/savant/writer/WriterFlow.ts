import type { Gate } from '../../demand/Gate.js';
import { MAX_BUFFERED, requireRoom } from '../../demand/overflow.js';
import { takeDelivery } from '../../demand/takeDelivery.js';
import { DrainError } from '../../errors.js';
import { callerContext } from '../../basics/callerContext.js';
import type { Handlers } from '../../rx/operate.js';
import type { Outlet } from '../../rx/Outlet.js';
import { Queue } from '../../basics/Queue.js';
import { PeerRefusals } from '../../endpoints/status/PeerRefusals.js';
import type { Leftover } from '../../driver/Socket.js';
import { turnBudgetOf } from '../../time/TurnBudget.js';
import type { WriterSettings } from '../config/writerSettings.js';
import { Encoder } from './Encoder.js';
import { PendingMessage, type PendingMessageListener } from './PendingMessage.js';
import type { Outgoing } from './Outgoing.js';
import { WriterChannel } from './WriterChannel.js';
import type { WriterResult } from './WriterResult.js';

/** One subscription of `toWriter`. */
export class WriterFlow implements Handlers<Outgoing>, PendingMessageListener {
  readonly isTolerant = true;
  readonly #settings: WriterSettings;
  readonly #maxBuffered: number;
  readonly #out: Outlet<WriterResult>;
  readonly #gate: Gate;
  readonly #encoder: Encoder;
  readonly #channel: WriterChannel;
  readonly #refusals: PeerRefusals;
  readonly #turn;
  readonly #context = callerContext();
  readonly #waiting = new Queue<PendingMessage>();
  /** At it, or it goes on in a later turn. */
  #flushing = false;
  #completed = false;
  #closing = false;

  constructor(
    settings: WriterSettings,
    { maxBuffered = MAX_BUFFERED }: { readonly maxBuffered?: number | undefined },
    out: Outlet<WriterResult>,
    gate: Gate,
  ) {
    this.#settings = settings;
    this.#maxBuffered = maxBuffered;
    this.#out = out;
    this.#gate = gate;
    this.#encoder = new Encoder('toWriter', settings.protocolVersion);
    this.#refusals = new PeerRefusals(settings.socket.bind);
    this.#turn = turnBudgetOf(settings.socket.raw.clock);
    this.#channel = new WriterChannel(settings, {
      below: out.below,
      room: () => this.#flush(),
      status: (status) => this.#refusals.hear(status),
      failed: (error) => out.error(error),
      closed: (leftover) => this.#closed(leftover),
    });
  }

  hasRoom(): boolean {
    return this.#waiting.size === 0 && !this.#flushing && this.#channel.hasRoom;
  }

  next(outgoing: Outgoing, governed: boolean): void {
    const { zeroCopy } = this.#settings;
    const parts = this.#encoder.encode(outgoing);
    if (zeroCopy) takeDelivery(); // what the socket has is not given back
    const isFirst = this.#waiting.size === 0 && !this.#flushing;
    if (isFirst && this.#channel.send(parts, zeroCopy, outgoing.message.payload.kind === 'endOfStream')) {
      this.#out.next({ kind: 'success', outgoing, retriesSpent: 0, timeSpentMs: 0 }, governed);
      return;
    }
    const pending = new PendingMessage(outgoing, parts, zeroCopy, this);
    pending.governed = governed;
    if (isFirst && this.#channel.isFree) {
      this.#flushing = true;
      this.#channel.start(pending);
      this.#flushing = false;
      this.#flush();
    } else {
      if (!governed) this.#requireRoom();
      pending.own();
      this.#waiting.push(pending);
    }
  }

  complete(): void {
    this.#completed = true;
    this.#flush();
  }

  finalize(): void {
    this.#waiting.clear();
    this.#channel.close(this.#settings.lingerMs);
  }

  done({ governed }: PendingMessage, result: WriterResult): void {
    this.#out.next(result, governed);
  }

  failed(_errand: PendingMessage, error: Error): void {
    this.#out.error(error);
  }

  #requireRoom(): void {
    const { endpoints } = this.#settings.socket.raw;
    requireRoom({ of: 'toWriter', endpoints }, this.#waiting.size, this.#maxBuffered);
  }

  readonly #flushAgain = (): void => {
    this.#flushing = false;
    this.#context.runInAsyncScope(this.#flush);
  };

  readonly #flush = (): void => {
    if (this.#flushing) return;
    this.#flushing = true;
    while (this.#waiting.size > 0 && this.#channel.isFree && !this.#out.closed) {
      if (this.#turn.spent) {
        this.#turn.wait(this.#flushAgain);
        return;
      }
      this.#channel.start(this.#waiting.shift()!);
    }
    this.#flushing = false;
    if (this.#waiting.size > 0 || !this.#channel.isFree) return;
    if (!this.#completed) this.#gate.pass();
    else if (!this.#closing) this.#drain();
  };

  #drain(): void {
    this.#closing = true;
    this.#channel.close(this.#settings.lingerMs);
  }

  #closed({ messages }: Leftover): void {
    const { type, socket, lingerMs } = this.#settings;
    if (messages !== 0 && type !== 'pub')
      this.#out.error(new DrainError(socket.raw.endpoints, lingerMs, messages, this.#refusals.cause));
    this.#out.complete(); // a publisher drops what its subscribers do not take, at its end as before
  }
}
