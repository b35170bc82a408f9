import type { OperatorFunction } from 'rxjs';
import type { Parts } from '../../basics/Parts.js';
import { Queue } from '../../basics/Queue.js';
import type { Codec } from '../../codecs/Codec.js';
import { isSigs } from '../../codecs/sigsReading.js';
import type { Delivery } from '../../demand/Delivery.js';
import type { Gate } from '../../demand/Gate.js';
import { requireRoom } from '../../demand/overflow.js';
import { takeDelivery } from '../../demand/takeDelivery.js';
import type { Demand } from '../../demand/types.js';
import { DrainError } from '../../errors.js';
import type { Frame } from '../../frame/types.js';
import type { StampSettings } from '../../frame/createStamp.js';
import { attributed } from '../../basics/attributed.js';
import { callerContext } from '../../basics/callerContext.js';
import { Linger } from '../../time/Linger.js';
import { encode } from '../../codecs/encode.js';
import { type Handlers, operate } from '../../rx/operate.js';
import type { Outlet } from '../../rx/Outlet.js';
import { copyParts } from '../../memory/copyParts.js';
import { encodeScratch } from './encodeScratch.js';
import { preparer } from '../../codecs/preparer.js';
import { presentSettings } from '../presentSettings.js';
import type { Linked } from '../../basics/LinkedQueue.js';
import { PeerRefusals } from '../status/PeerRefusals.js';
import { COPIED_BELOW_BYTES } from '../../memory/copiedBelow.js';
import { watchFirstFrames } from '#platform';
import type { FirstFrames } from '../../driver/FirstFrames.js';
import type { OpenSettings } from '../../driver/Driver.js';
import type { Leftover, Socket } from '../../driver/Socket.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import { startSocket } from '../startSocket.js';
import { unsendable } from '../unsendable.js';
import { type StatusObserver, statusReporter } from '../status/statusReporter.js';
import { SendQueue, type SendQueueOwner } from './SendQueue.js';

/** The settings of a sink. */
export interface SinkSettings {
  readonly of: string;
  readonly socket: OpenSettings;
  readonly codec: Codec<unknown>;
  readonly stamp: StampSettings;
  /** A function is called with the samples once their sender owns them again. */
  readonly zeroCopy: boolean | ((samples: never) => void);
  readonly lingerMs: number | undefined;
  readonly status: StatusObserver | undefined;
  /** Nothing is sent before this many connections have a subscription. */
  readonly waitForSubscribers: number;
  /** Whether to warn if the first frames have no subscriber. */
  readonly warnsOfLoss: boolean;
  readonly demand: Demand | null | undefined;
  readonly maxBuffered: number;
}

/** A queued message. */
interface Outgoing extends Linked<Outgoing> {
  readonly value: unknown;
  readonly parts: Parts;
  /** Whether it was emitted in response to demand. */
  readonly governed: boolean;
  /** The delivery that it belongs to. */
  readonly delivery: Delivery | null;
}

/** A message that the socket has, and that is not stored yet. */
interface Unconfirmed extends Pick<Outgoing, 'value' | 'governed' | 'delivery'> {
  /** The socket is done with it already: it was copied. */
  readonly isBack: boolean;
}

/** What a message of the socket was made of, and the delivery that it belongs to. */
type Lent = Pick<Outgoing, 'value' | 'delivery'>;

const DEFAULT_LINGER_MS = 1000;

/** Returns the operator that sends its input, and emits the values as they were sent. Each subscription opens its own socket. */
export function send(settings: SinkSettings): OperatorFunction<unknown, never> {
  return operate<unknown, never>((out, gate) => new Sink(presentSettings(settings), out, gate), settings); // overloads carry the types
}

/** One subscription of a sink. */
class Sink implements Handlers<unknown>, SendQueueOwner<Outgoing> {
  readonly #settings: SinkSettings;
  readonly #codec: Codec<unknown>;
  readonly #out: Outlet<unknown>;
  readonly #gate: Gate;
  #prepare: (input: unknown) => unknown;
  readonly #socket: Socket;
  readonly #refusals: PeerRefusals;
  readonly #context = callerContext();
  readonly #queue: SendQueue<Outgoing>;
  readonly #notify: (status: SocketStatus) => void;
  /** Messages that the socket owns until it reports that it has released them. */
  readonly #lent: Map<Parts, Lent> | undefined;
  /** Messages that the socket has, and that count as sent once they are confirmed. */
  readonly #unconfirmed: Queue<Unconfirmed> | undefined;
  /** The message that the socket is being handed, and whether it is done with it already: sent, or copied. */
  #handed: Parts | undefined;
  #handedBack = false;
  /** Whether messages must not be copied. */
  readonly #owned: boolean;
  /** Frames that the socket copies at once are encoded in place. */
  readonly #scratch: boolean;
  #held: boolean;
  #opened = false;
  #completed = false;
  /** It is closed: it accepts and emits nothing any more. */
  #over = false;
  readonly #givingUp: Linger;
  #firstFrames: FirstFrames | undefined;

  constructor(settings: SinkSettings, out: Outlet<unknown>, gate: Gate) {
    this.#settings = settings;
    this.#out = out;
    this.#gate = gate;
    this.#notify = statusReporter(settings.status, { of: settings.of, clock: settings.socket.clock }, out.below);
    this.#held = settings.waitForSubscribers > 0;
    const { socket, stamp, zeroCopy } = settings;
    const codec = (this.#codec = settings.codec.open?.() ?? settings.codec);
    this.#lent = socket.tellsReleased === true ? new Map() : undefined;
    this.#unconfirmed = socket.driver.capabilities.confirms && socket.type === 'push' ? new Queue() : undefined;
    this.#owned = zeroCopy === true || (typeof zeroCopy === 'function' && this.#lent !== undefined);
    this.#scratch = socket.driver.capabilities.copiesAtOnce && isSigs(codec);
    this.#prepare = preparer(codec, stamp, socket.clock);
    if (settings.warnsOfLoss) this.#watchFirst();
    this.#refusals = new PeerRefusals(socket.bind);
    this.#queue = new SendQueue<Outgoing>(socket.clock, this);
    this.#givingUp = new Linger(
      socket.clock,
      () => this.#context.runInAsyncScope(() => this.#fail(this.#patience, this.#queue.size)),
      () => this.#socket.unsentBytes,
    );
    this.#socket = startSocket(socket, {
      readable: () => undefined,
      writable: () => this.#writable(),
      tried: (outcome) => this.#queue.tried(outcome),
      status: (status) => this.#heard(status),
      failed: (error) => out.error(attributed(error, settings.of)),
      closed: (leftover) => this.#closed(leftover),
      confirmed: () => this.#confirmed(),
      released: (parts) => this.#released(parts),
    });
    this.#queue.open(this.#socket, socket.driver.capabilities);
  }

  hasRoom(): boolean {
    return this.#queue.hasRoom;
  }

  next(input: unknown, governed: boolean): void {
    const delivery = takeDelivery();
    let value: unknown;
    let owned: boolean;
    let parts: Parts;
    try {
      value = this.#prepare(input);
      const isSmall = this.#scratch && (value as Frame).samples.byteLength < COPIED_BELOW_BYTES;
      // memory that is reused after the delivery is copied, unless the socket reports when it is done with it
      owned = this.#owned && !isSmall && (delivery === null || this.#lent !== undefined);
      parts = this.#scratch && !owned ? encodeScratch(value as Frame) : encode(this.#codec, value);
    } catch (error) {
      const { of, socket } = this.#settings;
      throw unsendable(error, { of, endpoints: socket.endpoints, codec: this.#codec, value: input });
    }
    const isTracked = delivery !== null && this.#lent !== undefined;
    if (isTracked && !owned) parts = copyParts(parts); // the socket reports only for messages that it owns
    if (!this.#held && this.#queue.isFree && this.#hand(parts, value, owned || isTracked, delivery) === true) {
      this.#taken(value, governed, delivery);
      this.#queue.resume();
    } else if (!this.#over) {
      // otherwise a consequence of the message has ended it
      if (!governed) this.#requireRoom();
      this.#queue.post({
        value,
        parts: owned || isTracked ? parts : copyParts(parts),
        governed,
        delivery,
        before: undefined,
        after: undefined,
      });
    }
  }

  complete(): void {
    this.#completed = true;
    if (this.#queue.isIdle) this.#drain();
    else this.#giveUpInTime();
  }

  finalize(): void {
    this.#over = true;
    this.#firstFrames?.close();
    this.#givingUp.stop();
    this.#queue.close();
    this.#socket.close(this.#settings.lingerMs ?? DEFAULT_LINGER_MS);
  }

  // The callbacks of its queue.

  isHeld(): boolean {
    return this.#held;
  }

  hand({ parts, value, delivery }: Outgoing): boolean | undefined {
    return this.#hand(parts, value, true, delivery);
  }

  sent({ value, governed, delivery }: Outgoing): void {
    this.#taken(value, governed, delivery);
  }

  failed(_message: Outgoing, error: unknown): void {
    this.#out.error(error);
  }

  idle(): void {
    if (this.#completed) this.#drain();
    else this.#gate.pass();
  }

  #requireRoom(): void {
    const { of, socket, maxBuffered } = this.#settings;
    const { endpoints } = socket;
    requireRoom({ of, endpoints }, this.#queue.size, maxBuffered);
  }

  /** The first frame alone costs the look: after it the plain function is back in its place. */
  #watchFirst(): void {
    const { of, socket } = this.#settings;
    const prepare = this.#prepare;
    this.#firstFrames = watchFirstFrames(of, socket.endpoints, socket.clock);
    this.#prepare = (input) => {
      this.#prepare = prepare;
      const value = prepare(input);
      this.#firstFrames?.sent();
      return value;
    };
  }

  #heard(status: SocketStatus): void {
    const wasHeld = this.#held;
    if (status.kind === 'subscribed') this.#firstFrames?.subscribed(status.count);
    if (status.kind === 'subscribed' && status.count >= this.#settings.waitForSubscribers) this.#held = false;
    this.#refusals.hear(status);
    this.#notify(status);
    if (wasHeld && !this.#held) this.#queue.flush();
  }

  #writable(): void {
    this.#opened = true;
    this.#queue.writable();
    if (this.#completed && !this.#over && this.#queue.size > 0) this.#giveUpInTime();
  }

  /**
   * Returns whether the socket accepted it. Before that, its consequences may arrive: a reply, the next value, free space, the
   * end of this sink.
   */
  #hand(parts: Parts, value: unknown, owned: boolean, delivery: Delivery | null): boolean | undefined {
    const isAwaited = delivery !== null || typeof this.#settings.zeroCopy === 'function';
    const lends = owned && isAwaited && this.#lent !== undefined;
    this.#handedBack = !lends; // it was copied
    if (!lends) return this.#queue.hand(parts, owned);
    this.#lent?.set(parts, { value, delivery });
    this.#handed = parts;
    const outcome = this.#queue.hand(parts, owned);
    this.#handed = undefined;
    if (outcome === false || this.#handedBack) this.#lent?.delete(parts);
    return outcome;
  }

  #taken(value: unknown, governed: boolean, delivery: Delivery | null): void {
    const isBack = this.#handedBack; // a consumer may send the next value meanwhile
    if (this.#completed && !this.#over) this.#giveUpInTime();
    const message = { value, governed, delivery, isBack };
    if (this.#unconfirmed === undefined) this.#emit(message);
    else this.#unconfirmed.push(message);
  }

  /** The receiver has stored the oldest message that is not confirmed. */
  #confirmed(): void {
    const message = this.#unconfirmed?.shift();
    if (message !== undefined && !this.#over) this.#context.runInAsyncScope(() => this.#emit(message));
  }

  #emit({ value, governed, delivery, isBack }: Unconfirmed): void {
    const { zeroCopy } = this.#settings;
    this.#out.next(value, governed, delivery);
    if (!isBack) return;
    delivery?.done();
    if (typeof zeroCopy === 'function') this.#give(value, zeroCopy);
  }

  /** The socket is done with a message. */
  #released(parts: Parts): void {
    const { zeroCopy } = this.#settings;
    if (parts === this.#handed) {
      this.#handedBack = true; // the consumer gets the value first
      return;
    }
    const lent = this.#lent?.get(parts);
    if (lent === undefined) return;
    this.#lent?.delete(parts);
    lent.delivery?.done();
    if (typeof zeroCopy === 'function') this.#give(lent.value, zeroCopy);
  }

  /** Returns the samples of a value to their sender. */
  #give(value: unknown, giveBack: (samples: never) => void): void {
    try {
      this.#context.runInAsyncScope(giveBack, undefined, (value as { samples: never }).samples);
    } catch (error) {
      this.#out.error(error);
    }
  }

  /** The input is complete and frames are queued: gives up when none of them is accepted for as long as the linger. */
  #giveUpInTime(): void {
    this.#givingUp.start(this.#opened ? this.#patience : Infinity);
  }

  get #patience(): number {
    const { lingerMs, socket } = this.#settings;
    return lingerMs ?? (socket.type === 'push' || this.#held ? Infinity : DEFAULT_LINGER_MS);
  }

  #drain(): void {
    this.#firstFrames?.completed();
    this.#givingUp.stop();
    this.#socket.close(this.#drainMs());
  }

  #drainMs(): number {
    const { lingerMs, socket } = this.#settings;
    return lingerMs ?? (socket.type === 'push' ? Infinity : DEFAULT_LINGER_MS);
  }

  #closed({ messages }: Leftover): void {
    const { socket } = this.#settings;
    if (messages !== 0 && socket.type === 'push') this.#fail(this.#drainMs(), messages);
    this.#out.complete(); // a publisher drops what its subscribers do not accept, at its end as before
  }

  #fail(lingerMs: number, left: number | undefined): void {
    const { of, socket } = this.#settings;
    this.#out.error(attributed(new DrainError(socket.endpoints, lingerMs, left, this.#refusals.cause), of));
  }
}
