import type { Clock } from '../../time/Clock.js';
import { Deadline } from '../../time/Deadline.js';

/** How often a message that has arrived in part is checked, in ms. */
const CHECK_MS = 10_000;
/** A pause this long, in ms, is a silence, as when TCP recovers from a fault of the network. It does not count for the rate. */
const SILENCE_MS = 2500;
/** The limit for all silences of one message, in ms: by then the TCP of a peer that still has data to send has given up. */
const LONGEST_SILENCE_MS = 1_000_000;

/** The message that is checked. */
export interface RatedMessage {
  /** Whether a message has arrived in part and could continue: this side reads. */
  isUnderWay(): boolean;
  /** The message is too slow. */
  tooSlow(reason: string): void;
}

/** Requires a least rate of a message that has begun: otherwise a peer could hold memory for ever, byte by byte. */
export class LeastRate {
  readonly #clock: Clock;
  readonly #bytesPerSecond: number;
  readonly #message: RatedMessage;
  readonly #check: Deadline;
  /** Since the last check: the bytes that arrived, and the time of silence. */
  #bytes = 0;
  #silentMs = 0;
  #cameAt = 0;
  /** The time of silence since the message began. */
  #allSilentMs = 0;

  constructor(clock: Clock, bytesPerSecond: number, message: RatedMessage) {
    this.#clock = clock;
    this.#bytesPerSecond = bytesPerSecond;
    this.#message = message;
    this.#check = new Deadline(clock, this.#checked);
  }

  /** Bytes have arrived. The checks run from when a message has `begun` until a check finds none under way. */
  came(bytes: number, begun: boolean): void {
    if (this.#bytesPerSecond === 0) return;
    if (begun && !this.#check.isSet) this.watch();
    if (!this.#check.isSet) return;
    const now = this.#clock.now();
    this.#silentMs += silence(now - this.#cameAt);
    this.#cameAt = now;
    this.#bytes += bytes;
  }

  /** A message was completed: the next one begins anew. */
  completed(): void {
    this.#allSilentMs = 0;
  }

  /** Starts the checks, or resets their counts. */
  watch(): void {
    if (this.#bytesPerSecond === 0) return;
    this.#bytes = 0;
    this.#silentMs = 0;
    this.#cameAt = this.#clock.now();
    if (!this.#check.isSet) this.#check.set(CHECK_MS);
  }

  stop(): void {
    this.#check.close();
  }

  readonly #checked = (): void => {
    if (!this.#message.isUnderWay()) return;
    const silentMs = Math.min(CHECK_MS, this.#silentMs + silence(this.#clock.now() - this.#cameAt));
    this.#allSilentMs += silentMs;
    if (this.#bytes < (this.#bytesPerSecond * (CHECK_MS - silentMs)) / 1000) {
      this.#message.tooSlow(`a message came at less than ${this.#bytesPerSecond} bytes a second`);
    } else if (this.#allSilentMs >= LONGEST_SILENCE_MS) {
      this.#message.tooSlow(`nothing came of a message for ${LONGEST_SILENCE_MS / 1000} s`);
    } else {
      this.watch();
    }
  };
}

function silence(ms: number): number {
  return ms >= SILENCE_MS ? ms : 0;
}
