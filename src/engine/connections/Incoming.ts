import type { Clock } from '../../time/Clock.js';
import { turnBudgetOf } from '../../time/TurnBudget.js';
import type { Stream } from '../carriers/Carrier.js';
import { readSlab } from '../../memory/readSlab.js';
import type { StreamPipe } from '../pipes/StreamPipe.js';
import type { Cipher } from '../zmtp/Cipher.js';
import { Decoder, type DecoderLimits, type FrameSink } from '../zmtp/Decoder.js';
import { COMMAND, MORE } from '../zmtp/flags.js';
import { ZmtpError } from '../zmtp/ZmtpError.js';
import { LeastRate } from './LeastRate.js';
import { ReadingBudget } from './ReadingBudget.js';

/** Who hears what came. */
export interface IncomingListener {
  /** Bytes came, of any kind. */
  heard(): void;
  /** Takes bytes while the handshake is not done; gives how many of them were its own. */
  shake(bytes: Uint8Array): number;
  /** A command came. */
  obey(body: Uint8Array): void;
  /** Reading was stopped, or a message is under way. */
  behind(): void;
  /** The peer broke the protocol. */
  broken(reason: string): void;
  /** A message goes on too slowly. */
  tooSlow(reason: string): void;
}

export interface IncomingSettings extends DecoderLimits {
  readonly clock: Clock;
  readonly minBytesPerSecond: number;
}

/** What a CURVE box has more than the frame in it. */
const CURVE_OVERHEAD_BYTES = 33;

/** The side of a connection that receives: what comes goes to the inbox of its pipe, as long as there is room and time. */
export class Incoming implements FrameSink {
  readonly #settings: IncomingSettings;
  readonly #stream: Stream;
  readonly #listener: IncomingListener;
  readonly #budget: ReadingBudget;
  readonly #rate: LeastRate;
  #pipe: StreamPipe | undefined;
  #decoder: Decoder | undefined;
  #cipher: Cipher | undefined;
  /** The stream was last given a place in a message that is being put together. */
  #inPlace = false;
  #over = false;
  /** Messages are nobody's any more; commands still count. */
  #discards = false;
  /** Nothing is read: for want of room or of time. */
  isPaused = false;

  constructor(settings: IncomingSettings, stream: Stream, listener: IncomingListener) {
    const { clock, minBytesPerSecond } = settings;
    this.#settings = settings;
    this.#stream = stream;
    this.#listener = listener;
    this.#budget = new ReadingBudget(turnBudgetOf(clock), () => this.#rested());
    this.#rate = new LeastRate(clock, minBytesPerSecond, {
      isUnderWay: () => !this.isPaused && this.hasBegun,
      tooSlow: (reason) => listener.tooSlow(reason),
    });
  }

  /** Whether a message or a frame has begun and not ended. */
  get hasBegun(): boolean {
    return this.#decoder?.begun === true;
  }

  /** The handshake is done: what comes belongs to the pipe, as bytes as they are unless it `speaksZmtp`. */
  open(pipe: StreamPipe, cipher: Cipher | undefined, speaksZmtp: boolean): void {
    const { maxParts, maxMessageBytes } = this.#settings;
    const overhead = cipher === undefined ? 0 : CURVE_OVERHEAD_BYTES;
    this.#pipe = pipe;
    this.#cipher = cipher;
    if (speaksZmtp) this.#decoder = new Decoder(this, { maxParts, maxMessageBytes: maxMessageBytes + overhead });
  }

  target(): Uint8Array {
    const wanted = this.#over || this.#budget.holds ? undefined : this.#decoder?.wanted; // what is held comes first
    this.#inPlace = wanted !== undefined;
    return wanted ?? readSlab;
  }

  filled(count: number): void {
    if (!this.#inPlace) {
      this.take(readSlab, count, true);
      return;
    }
    if (this.#over) return;
    const decoder = this.#decoder!;
    this.#listener.heard();
    this.#budget.count(count);
    this.#decode(count, () => decoder.filled(count));
  }

  take(chunk: Uint8Array, count: number, isSlab: boolean): void {
    if (this.#over) return;
    this.#listener.heard();
    if (this.#pipe !== undefined && this.#budget.mustHold(count)) {
      this.#budget.hold(isSlab || count < chunk.length ? chunk.slice(0, count) : chunk);
      this.#pause();
    } else this.#use(chunk, count, isSlab);
  }

  /** Nothing more comes: what has come is looked at now. */
  useHeld(): void {
    for (const chunk of this.#budget.takeHeld()) this.#use(chunk, chunk.length, false);
  }

  /** The inbox has room again. */
  resume(): void {
    if (!this.isPaused || this.#budget.isResting || this.#over) return;
    this.isPaused = false;
    this.#stream.resume();
    if (this.hasBegun) this.#rate.watch();
  }

  /** Reads on, without regard to room, and drops messages. */
  discard(): void {
    this.#discards = true;
    this.resume();
  }

  /** It is over: what still comes is nobody's. */
  stop(): void {
    this.#over = true;
    this.#rate.stop();
    this.#budget.takeHeld();
  }

  // What the decoder finds.

  add(buffer: Uint8Array, length: number, more: boolean, start?: number): void {
    const { inbox } = this.#pipe!;
    if (this.#cipher === undefined) {
      if (!this.#discards) inbox.add(buffer, length, more, start);
      return;
    }
    if (more) throw new ZmtpError('a CURVE frame with MORE outside its box');
    const { flags, body } = this.#cipher.open(start === undefined ? buffer : buffer.subarray(start, start + length));
    if ((flags & COMMAND) !== 0) this.#listener.obey(body);
    else if (!this.#discards) {
      const { maxMessageBytes, maxParts } = this.#settings;
      if (inbox.openParts >= maxParts || inbox.openBytes + body.length > maxMessageBytes) {
        throw new ZmtpError(`a message above maxParts (${maxParts}) or maxMessageBytes (${maxMessageBytes})`);
      }
      inbox.add(body, body.length, (flags & MORE) !== 0);
    }
  }

  command(body: Uint8Array): void {
    if (this.#cipher === undefined) this.#listener.obey(body);
    else throw new ZmtpError('a command outside its CURVE box');
  }

  #use(chunk: Uint8Array, count: number, isSlab: boolean): void {
    if (this.#over) return;
    let from = 0;
    this.#budget.count(count);
    if (this.#pipe === undefined) {
      from = this.#listener.shake(count === chunk.length ? chunk : chunk.subarray(0, count));
      if (from === count || this.#over || this.#pipe === undefined) return;
    }
    const pipe: StreamPipe = this.#pipe;
    const decoder = this.#decoder;
    if (decoder === undefined) {
      const before = pipe.inbox.messages;
      const piece = isSlab ? chunk.slice(0, count) : chunk;
      pipe.inbox.add(piece, piece.length, false);
      this.#delivered(before, count);
    } else {
      this.#decode(count, () => decoder.feed(chunk, from, count));
    }
    if (isSlab) pipe.inbox.rescue(chunk);
  }

  /** Tells of the messages that came before a peer breaks the protocol, and only then of that. */
  #decode(bytes: number, action: () => void): void {
    const before = this.#pipe!.inbox.messages;
    let broken: ZmtpError | undefined;
    try {
      action();
    } catch (error) {
      if (!(error instanceof ZmtpError)) throw error;
      broken = error;
    }
    if (this.#over) return; // it told of what came before it ended, and nothing counts that came after
    this.#delivered(before, bytes);
    if (broken) this.#listener.broken(broken.message);
  }

  /** Tells of what came, and stops reading while there is no room or no time. */
  #delivered(before: number, bytes: number): void {
    const pipe = this.#pipe!;
    if (pipe.inbox.messages > before) this.#rate.completed();
    pipe.arrived(before);
    const hasHadItsShare = this.#budget.hasHadItsShare(); // what was held counts as well
    if (this.#over) return;
    const begun = this.hasBegun;
    this.#rate.came(bytes, begun);
    if (begun) this.#listener.behind();
    if (this.isPaused) return;
    if (this.#isFull) this.#pause();
    else if (hasHadItsShare || this.#budget.isSpent(pipe.inbox.messages)) {
      this.#budget.rest();
      this.#pause();
    }
  }

  #rested(): void {
    for (const chunk of this.#budget.takeHeld()) this.take(chunk, chunk.length, false);
    if (!this.#isFull) this.resume();
  }

  get #isFull(): boolean {
    return !this.#discards && this.#pipe?.inboxFull === true;
  }

  #pause(): void {
    if (this.isPaused) return;
    this.isPaused = true;
    this.#stream.pause();
    this.#listener.behind();
  }
}
