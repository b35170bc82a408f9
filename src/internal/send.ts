import type { OperatorFunction } from 'rxjs';
import type { Codec, Parts } from '../codecs/Codec.js';
import { sigs } from '../codecs/sigs.js';
import type { Gate } from '../demand/Gate.js';
import { requireRoom } from '../demand/overflow.js';
import type { Demand } from '../demand/types.js';
import { DrainError } from '../errors.js';
import type { Frame } from '../frame/types.js';
import type { StampSettings } from '../frame/createStamp.js';
import { encode } from './encode.js';
import { type Handlers, operate } from './operate.js';
import type { Outlet } from './Outlet.js';
import { copyParts } from './copyParts.js';
import { encodeScratch } from './encodeScratch.js';
import { preparer } from './preparer.js';
import { presentSettings } from './presentSettings.js';
import { Queue } from './Queue.js';
import { Refusals } from './Refusals.js';
import { COPIED_BELOW_BYTES, type Leftover, type Socket, type SocketSettings } from './Socket.js';
import type { SocketStatus } from './SocketStatus.js';
import { startSocket } from './startSocket.js';
import { type StatusObserver, statusReporter } from './statusReporter.js';
import { turnOf } from './Turn.js';

/** What a sink does with its socket. */
export interface SinkSettings {
  readonly of: string;
  readonly socket: SocketSettings;
  readonly codec: Codec<unknown>;
  readonly stamp: StampSettings;
  /** A function gets the samples once they are their sender's again. */
  readonly zeroCopy: boolean | ((samples: never) => void);
  readonly lingerMs: number | undefined;
  readonly status: StatusObserver | undefined;
  /** Nothing goes out before so many connections have a subscription. */
  readonly waitForSubscribers: number;
  readonly demand: Demand | undefined;
  readonly maxBuffered: number;
}

interface Outgoing {
  readonly value: unknown;
  readonly parts: Parts;
}

const DEFAULT_LINGER_MS = 1000;

/** The operator that sends its input and gives it as it went out. Each subscription opens its own socket. */
export function send(settings: SinkSettings): OperatorFunction<unknown, never> {
  return operate<unknown, never>((out, gate) => new Sink(presentSettings(settings), out, gate), settings); // overloads carry the types
}

/** One subscription of a sink. */
class Sink implements Handlers<unknown> {
  readonly #settings: SinkSettings;
  readonly #codec: Codec<unknown>;
  readonly #out: Outlet<unknown>;
  readonly #gate: Gate;
  readonly #prepare: (input: unknown) => unknown;
  readonly #socket: Socket;
  readonly #refusals: Refusals;
  readonly #turn;
  readonly #waiting = new Queue<Outgoing>();
  readonly #tell: (status: SocketStatus) => void;
  /** Messages that are the socket's, with what they were made of. */
  readonly #lent: Map<Parts, unknown> | undefined;
  /** The message that the socket is being handed, and whether it is done with it already: sent, or copied. */
  #handed: Parts | undefined;
  #handedBack = false;
  /** Whether they must not be copied. */
  readonly #owned: boolean;
  /** Frames that the socket copies at once are encoded in place. */
  readonly #scratch: boolean;
  #held: boolean;
  #opened = false;
  /** The socket has not said no since it last had room. */
  #writable = false;
  /** It goes on in a later turn, or is at it. */
  #flushing = false;
  #completed = false;
  #cancelGivingUp: (() => void) | undefined;

  constructor(settings: SinkSettings, out: Outlet<unknown>, gate: Gate) {
    this.#settings = settings;
    this.#out = out;
    this.#gate = gate;
    this.#tell = statusReporter(settings.status);
    this.#held = settings.waitForSubscribers > 0;
    const { socket, stamp, zeroCopy } = settings;
    const codec = (this.#codec = settings.codec.open?.() ?? settings.codec);
    this.#lent = socket.tellsReleased === true ? new Map() : undefined;
    this.#owned = zeroCopy === true || this.#lent !== undefined;
    this.#scratch = socket.driver === 'engine' && codec === (sigs as unknown);
    this.#prepare = preparer(codec, stamp, socket.clock);
    this.#refusals = new Refusals(socket.bind);
    this.#turn = turnOf(socket.clock);
    this.#socket = startSocket(socket, {
      readable: () => undefined,
      writable: () => this.#room(),
      status: (status) => this.#heard(status),
      failed: (error) => out.error(error),
      closed: (leftover) => this.#closed(leftover),
      released: (parts) => this.#released(parts),
    });
  }

  hasRoom(): boolean {
    return this.#writable && !this.#held && this.#waiting.size === 0;
  }

  next(input: unknown, governed: boolean): void {
    const { maxBuffered } = this.#settings;
    if (!governed) requireRoom(this.#waiting.size, maxBuffered);
    const value = this.#prepare(input);
    const owned = this.#owned && !(this.#scratch && (value as Frame).samples.byteLength < COPIED_BELOW_BYTES);
    const parts = this.#scratch && !owned ? encodeScratch(value as Frame) : encode(this.#codec, value);
    if (!this.#held && this.#waiting.size === 0 && this.#write(parts, value, owned)) this.#taken(value);
    else this.#waiting.push({ value, parts: owned ? parts : copyParts(parts) });
  }

  complete(): void {
    this.#completed = true;
    if (this.#waiting.size === 0) this.#drain();
    else this.#giveUpInTime();
  }

  finalize(): void {
    this.#cancelGivingUp?.();
    this.#waiting.clear();
    this.#socket.close(this.#settings.lingerMs ?? DEFAULT_LINGER_MS);
  }

  #heard(status: SocketStatus): void {
    this.#refusals.hear(status);
    this.#tell(status);
    if (this.#held && status.kind === 'subscribed' && status.count >= this.#settings.waitForSubscribers) {
      this.#held = false;
      this.#flush();
    }
  }

  #room(): void {
    this.#opened = true;
    this.#writable = true;
    this.#flush();
    if (this.#completed && this.#waiting.size > 0) this.#giveUpInTime();
  }

  readonly #flushAgain = (): void => {
    this.#flushing = false;
    this.#flush();
  };

  #flush(): void {
    if (this.#flushing || this.#held) return;
    this.#flushing = true;
    while (this.#waiting.size > 0) {
      if (this.#turn.spent) {
        this.#turn.wait(this.#flushAgain);
        return;
      }
      const { parts, value } = this.#waiting.peek() as Outgoing;
      if (!this.#write(parts, value, true)) break;
      this.#waiting.shift();
      this.#taken(value);
    }
    this.#flushing = false;
    if (this.#waiting.size > 0) return;
    if (this.#completed) this.#drain();
    else this.#gate.pass();
  }

  #write(parts: Parts, value: unknown, owned: boolean): boolean {
    const lends = owned && this.#lent !== undefined;
    this.#handedBack = !lends; // it is copied
    if (!lends) return (this.#writable = this.#socket.write(parts, owned));
    this.#lent?.set(parts, value);
    this.#handed = parts;
    this.#writable = this.#socket.write(parts, owned);
    this.#handed = undefined;
    if (!this.#writable || this.#handedBack) this.#lent?.delete(parts);
    return this.#writable;
  }

  #taken(value: unknown): void {
    const { zeroCopy } = this.#settings;
    const isBack = this.#handedBack; // whoever is below may send the next one
    if (this.#completed) this.#giveUpInTime();
    this.#out.next(value);
    if (typeof zeroCopy === 'function' && isBack) this.#give(value, zeroCopy);
  }

  /** The socket is done with a message. */
  #released(parts: Parts): void {
    const { zeroCopy } = this.#settings;
    if (parts === this.#handed) {
      this.#handedBack = true; // whoever is below is to see it first
      return;
    }
    const value = this.#lent?.get(parts);
    if (!this.#lent?.delete(parts) || typeof zeroCopy !== 'function') return;
    this.#give(value, zeroCopy);
  }

  /** What it was sent from is its sender's again. */
  #give(value: unknown, giveBack: (samples: never) => void): void {
    try {
      giveBack((value as { samples: never }).samples);
    } catch (error) {
      this.#out.error(error);
    }
  }

  /** The input is complete and frames wait: gives up when none of them is taken for as long as the linger. */
  #giveUpInTime(): void {
    const { lingerMs, socket } = this.#settings;
    this.#cancelGivingUp?.();
    const patience = lingerMs ?? (socket.type === 'push' || this.#held ? Infinity : DEFAULT_LINGER_MS);
    if (!this.#opened || patience === Infinity) return;
    this.#cancelGivingUp = socket.clock.after(patience, () => this.#fail(patience, this.#waiting.size));
  }

  #drain(): void {
    this.#cancelGivingUp?.();
    this.#socket.close(this.#drainMs());
  }

  #drainMs(): number {
    const { lingerMs, socket } = this.#settings;
    return lingerMs ?? (socket.type === 'push' ? Infinity : DEFAULT_LINGER_MS);
  }

  #closed({ messages }: Leftover): void {
    const { socket } = this.#settings;
    if (messages !== 0) {
      if (socket.type === 'push') this.#fail(this.#drainMs(), messages);
      const { id: socketId, endpoint } = this.#socket;
      this.#tell({
        kind: 'dropped',
        endpoint,
        socketId,
        count: messages,
        reason: 'it was not taken within the linger',
      });
    }
    this.#out.complete(); // a publisher drops what its subscribers do not take, at its end as before
  }

  #fail(lingerMs: number, left: number | undefined): void {
    this.#out.error(new DrainError(this.#settings.socket.endpoints, lingerMs, left, this.#refusals.cause));
  }
}
