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

/** The listener for what arrives. */
export interface IncomingListener {
  /** Bytes of any kind have arrived. */
  heard(): void;
  /** Receives bytes until the handshake is done; returns how many of them belong to it. */
  shake(bytes: Uint8Array): number;
  /** A command has arrived. */
  obey(body: Uint8Array): void;
  /** Reading is paused, or a message has arrived in part. */
  behind(): void;
  /** The peer broke the protocol. */
  broken(reason: string): void;
  /** A message arrives too slowly. */
  tooSlow(reason: string): void;
}

export interface IncomingSettings extends DecoderLimits {
  readonly clock: Clock;
  readonly minBytesPerSecond: number;
}

/** How much larger a CURVE box is than the frame in it. */
const CURVE_OVERHEAD_BYTES = 33;

/** The receiving side of a connection: received messages go to the inbox of its pipe, while that has space and the turn has time. */
export class Incoming implements FrameSink {
  readonly #settings: IncomingSettings;
  readonly #stream: Stream;
  readonly #listener: IncomingListener;
  readonly #budget: ReadingBudget;
  readonly #rate: LeastRate;
  #pipe: StreamPipe | undefined;
  #decoder: Decoder | undefined;
  #cipher: Cipher | undefined;
  /** The stream was last given the memory of a message that has arrived in part. */
  #inPlace = false;
  #over = false;
  /** Messages are dropped; commands are still obeyed. */
  #discards = false;
  /** Reading is paused: the inbox is full, or the turn has no time left. */
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

  /** Whether a message or a frame has arrived in part. */
  get hasBegun(): boolean {
    return this.#decoder?.begun === true;
  }

  /** The handshake is done: what arrives belongs to the pipe, as raw bytes unless it `speaksZmtp`. */
  open(pipe: StreamPipe, cipher: Cipher | undefined, speaksZmtp: boolean): void {
    const { maxParts, maxMessageBytes } = this.#settings;
    const overhead = cipher === undefined ? 0 : CURVE_OVERHEAD_BYTES;
    this.#pipe = pipe;
    this.#cipher = cipher;
    if (speaksZmtp) this.#decoder = new Decoder(this, { maxParts, maxMessageBytes: maxMessageBytes + overhead });
  }

  target(): Uint8Array {
    const wanted = this.#over || this.#budget.holds ? undefined : this.#decoder?.wanted; // held bytes come first
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

  /** Nothing more will arrive: processes the held bytes now. */
  useHeld(): void {
    for (const chunk of this.#budget.takeHeld()) this.#use(chunk, chunk.length, false);
  }

  /** The inbox has space again. */
  resume(): void {
    if (!this.isPaused || this.#budget.isResting || this.#over) return;
    this.isPaused = false;
    this.#stream.resume();
    if (this.hasBegun) this.#rate.watch();
  }

  /** Keeps reading even if the inbox is full, and drops messages. */
  discard(): void {
    this.#discards = true;
    this.resume();
  }

  /** The connection is over: whatever still arrives is ignored. */
  stop(): void {
    this.#over = true;
    this.#rate.stop();
    this.#budget.takeHeld();
  }

  // Called by the decoder.

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

  /** Reports the messages that came before a protocol error first, and then the error. */
  #decode(bytes: number, action: () => void): void {
    const before = this.#pipe!.inbox.messages;
    let broken: ZmtpError | undefined;
    try {
      action();
    } catch (error) {
      if (!(error instanceof ZmtpError)) throw error;
      broken = error;
    }
    if (this.#over) return; // the messages before its end were reported; later ones do not count
    this.#delivered(before, bytes);
    if (broken) this.#listener.broken(broken.message);
  }

  /** Reports what arrived, and pauses reading if the inbox is full or the turn has no time left. */
  #delivered(before: number, bytes: number): void {
    const pipe = this.#pipe!;
    if (pipe.inbox.messages > before) this.#rate.completed();
    pipe.arrived(before);
    const hasHadItsShare = this.#budget.hasHadItsShare(); // held bytes count as well
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
