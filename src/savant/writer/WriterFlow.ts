import { attributed } from '../../basics/attributed.js';
import type { Gate } from '../../demand/Gate.js';
import { MAX_BUFFERED, requireRoom } from '../../demand/overflow.js';
import { takeDelivery } from '../../demand/takeDelivery.js';
import { DrainError } from '../../errors.js';
import type { Handlers } from '../../rx/operate.js';
import type { Outlet } from '../../rx/Outlet.js';
import { PeerRefusals } from '../../endpoints/status/PeerRefusals.js';
import type { Leftover } from '../../driver/Socket.js';
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
    this.#channel = new WriterChannel(settings, {
      below: out.below,
      idle: () => this.#idle(),
      status: (status) => this.#refusals.hear(status),
      failed: (error) => out.error(attributed(error, 'toWriter')),
      closed: (leftover) => this.#closed(leftover),
    });
  }

  hasRoom(): boolean {
    return this.#channel.hasRoom;
  }

  next(outgoing: Outgoing, governed: boolean): void {
    const delivery = takeDelivery();
    const zeroCopy = this.#settings.zeroCopy && delivery === null; // otherwise its memory may be reused too soon
    const parts = this.#encoder.encode(outgoing);
    if (this.#channel.send(parts, zeroCopy, outgoing.message.payload.kind === 'endOfStream')) {
      this.#out.next({ kind: 'success', outgoing, retriesSpent: 0, timeSpentMs: 0 }, governed, delivery);
      delivery?.done();
      this.#channel.resume();
      return;
    }
    if (this.#out.closed) return; // a consequence of the message has ended it
    if (!governed && !this.#isIdle()) this.#requireRoom();
    const pending = new PendingMessage(outgoing, parts, zeroCopy, this);
    pending.governed = governed;
    pending.delivery = delivery;
    this.#channel.post(pending);
  }

  complete(): void {
    this.#completed = true;
    if (this.#isIdle()) this.#idle();
  }

  finalize(): void {
    this.#channel.close(this.#settings.lingerMs);
  }

  begun(): void {}

  done({ governed, delivery }: PendingMessage, result: WriterResult): void {
    this.#out.next(result, governed, delivery);
    delivery?.done();
  }

  failed(_errand: PendingMessage, error: Error): void {
    this.#out.error(attributed(error, 'toWriter'));
  }

  #requireRoom(): void {
    const { endpoints } = this.#settings.socket.raw;
    requireRoom({ of: 'toWriter', endpoints }, this.#channel.size, this.#maxBuffered);
  }

  #isIdle(): boolean {
    return this.#channel.isFree && this.#channel.size === 0;
  }

  #idle(): void {
    if (!this.#completed) this.#gate.pass();
    else if (!this.#closing) this.#drain();
  }

  #drain(): void {
    this.#closing = true;
    this.#channel.close(this.#settings.lingerMs);
  }

  #closed({ messages }: Leftover): void {
    const { type, socket, lingerMs } = this.#settings;
    if (messages !== 0 && type !== 'pub') {
      const error = new DrainError(socket.raw.endpoints, lingerMs, messages, this.#refusals.cause);
      this.#out.error(attributed(error, 'toWriter'));
    }
    this.#out.complete(); // a publisher drops what its subscribers do not accept, at its end as before
  }
}
