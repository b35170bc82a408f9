import type { Gate } from '../../demand/Gate.js';
import { MAX_BUFFERED, requireRoom } from '../../demand/overflow.js';
import { DrainError } from '../../errors.js';
import { callerContext } from '../../internal/callerContext.js';
import type { Handlers } from '../../internal/operate.js';
import type { Outlet } from '../../internal/Outlet.js';
import { Queue } from '../../internal/Queue.js';
import { Refusals } from '../../internal/Refusals.js';
import type { Leftover } from '../../internal/Socket.js';
import { turnOf } from '../../internal/Turn.js';
import type { WriterSettings } from '../config/writerSettings.js';
import { Encoder } from './Encoder.js';
import { Errand, type ErrandListener } from './Errand.js';
import type { Outgoing } from './Outgoing.js';
import { WriterLine } from './WriterLine.js';
import type { WriterResult } from './WriterResult.js';

/** One subscription of `toWriter`. */
export class WriterFlow implements Handlers<Outgoing>, ErrandListener {
  readonly isTolerant = true;
  readonly #settings: WriterSettings;
  readonly #maxBuffered: number;
  readonly #out: Outlet<WriterResult>;
  readonly #gate: Gate;
  readonly #encoder: Encoder;
  readonly #line: WriterLine;
  readonly #refusals: Refusals;
  readonly #turn;
  readonly #context = callerContext();
  readonly #waiting = new Queue<Errand>();
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
    this.#refusals = new Refusals(settings.socket.bind);
    this.#turn = turnOf(settings.socket.raw.clock);
    this.#line = new WriterLine(settings, {
      below: out.below,
      room: () => this.#flush(),
      status: (status) => this.#refusals.hear(status),
      failed: (error) => out.error(error),
      closed: (leftover) => this.#closed(leftover),
    });
  }

  hasRoom(): boolean {
    return this.#waiting.size === 0 && !this.#flushing && this.#line.hasRoom;
  }

  next(outgoing: Outgoing, governed: boolean): void {
    const { zeroCopy } = this.#settings;
    const parts = this.#encoder.encode(outgoing);
    const isFirst = this.#waiting.size === 0 && !this.#flushing;
    if (isFirst && this.#line.send(parts, zeroCopy, outgoing.message.payload.kind === 'endOfStream')) {
      this.#out.next({ kind: 'success', outgoing, retriesSpent: 0, timeSpentMs: 0 }, governed);
      return;
    }
    const errand = new Errand(outgoing, parts, zeroCopy, this);
    errand.governed = governed;
    if (isFirst && this.#line.isFree) {
      this.#flushing = true;
      this.#line.start(errand);
      this.#flushing = false;
      this.#flush();
    } else {
      if (!governed) this.#requireRoom();
      errand.own();
      this.#waiting.push(errand);
    }
  }

  complete(): void {
    this.#completed = true;
    this.#flush();
  }

  finalize(): void {
    this.#waiting.clear();
    this.#line.close(this.#settings.lingerMs);
  }

  done({ governed }: Errand, result: WriterResult): void {
    this.#out.next(result, governed);
  }

  failed(_errand: Errand, error: Error): void {
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
    while (this.#waiting.size > 0 && this.#line.isFree && !this.#out.closed) {
      if (this.#turn.spent) {
        this.#turn.wait(this.#flushAgain);
        return;
      }
      this.#line.start(this.#waiting.shift()!);
    }
    this.#flushing = false;
    if (this.#waiting.size > 0 || !this.#line.isFree) return;
    if (!this.#completed) this.#gate.pass();
    else if (!this.#closing) this.#drain();
  };

  #drain(): void {
    this.#closing = true;
    this.#line.close(this.#settings.lingerMs);
  }

  #closed({ messages }: Leftover): void {
    const { type, socket, lingerMs } = this.#settings;
    if (messages !== 0) {
      const { id: socketId, endpoint } = this.#line;
      const reason = 'it was not taken within the linger';
      this.#line.tell({ kind: 'dropped', endpoint, socketId, count: messages, reason });
      if (type !== 'pub')
        this.#out.error(new DrainError(socket.raw.endpoints, lingerMs, messages, this.#refusals.cause));
    }
    this.#out.complete(); // a publisher drops what its subscribers do not take, at its end as before
  }
}
