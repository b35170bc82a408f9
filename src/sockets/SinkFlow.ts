import type { Parts } from '../basics/Parts.js';
import type { Delivery } from '../demand/Delivery.js';
import type { Gate } from '../demand/Gate.js';
import { takeDelivery } from '../demand/takeDelivery.js';
import { type Refuser, requireRoom } from '../demand/overflow.js';
import { callerContext } from '../basics/callerContext.js';
import { copyParts } from '../memory/copyParts.js';
import type { Handlers } from '../rx/operate.js';
import type { Outlet } from '../rx/Outlet.js';
import type { PendingSend, RoomListener, Sender } from './Sender.js';

/** The settings of a {@link SinkFlow}. */
export interface SinkFlowSettings {
  readonly sender: Sender;
  readonly encode: (message: unknown) => Parts;
  readonly zeroCopy: boolean;
  readonly maxBuffered: number;
  /** The name of the sink, for error texts. */
  readonly refuser: () => Refuser;
}

/** The value that a message was made of. */
interface Given {
  readonly value: unknown;
  /** Whether it was emitted in response to demand. */
  readonly governed: boolean;
  readonly delivery: Delivery | null;
}

/** One subscription of a handle's sink. */
export class SinkFlow implements Handlers<unknown>, RoomListener {
  readonly #settings: SinkFlowSettings;
  readonly #out: Outlet<unknown>;
  readonly #gate: Gate;
  readonly #context = callerContext();
  /** Usually one, or sent in this order. A `Set` would keep those that were sent until V8 marks the whole heap, as it copies itself. */
  readonly #letters: PendingSend[] = [];
  /** It accepts no more values: the input is complete, or the socket closed. */
  #completed = false;

  constructor(settings: SinkFlowSettings, out: Outlet<unknown>, gate: Gate) {
    this.#settings = settings;
    this.#out = out;
    this.#gate = gate;
    settings.sender.listen(this);
  }

  /** One value may wait for the reply before it, as the next request may be made of that reply. */
  hasRoom(): boolean {
    const { sender } = this.#settings;
    return this.#letters.length === 0 && (sender.hasRoom || sender.awaitsReply);
  }

  next(value: unknown, governed: boolean): void {
    const { sender, encode } = this.#settings;
    if (this.#completed) return;
    const delivery = takeDelivery();
    const zeroCopy = this.#settings.zeroCopy && delivery === null; // otherwise its memory may be reused too soon
    const parts = encode(value);
    if (sender.writeInTurn(parts, zeroCopy)) {
      this.#out.next(value, governed, delivery);
      delivery?.done();
      sender.resume();
      return;
    }
    if (this.#out.closed) return; // a consequence of the message has ended it
    if (!governed && !this.hasRoom()) this.#requireRoom();
    const pending: PendingSend = {
      parts: zeroCopy ? parts : copyParts(parts),
      isPatient: true,
      sent: () => this.#context.runInAsyncScope(this.#sent, this, pending, { value, governed, delivery }),
      failed: (error) => this.#context.runInAsyncScope(this.#failed, this, pending, error),
    };
    this.#letters.push(pending);
    sender.post(pending);
  }

  complete(): void {
    this.#completed = true;
    if (this.#letters.length === 0) this.#out.complete();
  }

  finalize(): void {
    const letters = this.#letters.splice(0);
    this.#settings.sender.unlisten(this);
    for (const pending of letters) this.#settings.sender.withdraw(pending, undefined);
  }

  room(): void {
    this.#gate.pass();
  }

  ended(error: unknown): void {
    this.#context.runInAsyncScope(() => {
      if (error === undefined) this.complete();
      else this.#out.error(error);
    });
  }

  readonly #failed = (pending: PendingSend, error: unknown): void => {
    if (this.#remove(pending)) this.#out.error(error);
  };

  /** Whether it was there. */
  #remove(pending: PendingSend): boolean {
    const at = this.#letters.indexOf(pending);
    if (at >= 0) this.#letters.splice(at, 1);
    return at >= 0;
  }

  #requireRoom(): void {
    const { refuser, maxBuffered } = this.#settings;
    requireRoom(refuser(), this.#letters.length, maxBuffered);
  }

  readonly #sent = (pending: PendingSend, { value, governed, delivery }: Given): void => {
    if (!this.#remove(pending)) return;
    this.#out.next(value, governed, delivery);
    delivery?.done();
    if (this.#completed && this.#letters.length === 0) this.#out.complete();
    else if (this.#settings.sender.awaitsReply) this.#gate.pass();
  };
}
