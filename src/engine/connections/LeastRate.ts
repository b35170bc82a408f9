import type { Clock } from '../../time/Clock.js';
import { Deadline } from '../../time/Deadline.js';

/** How often a message that has begun is looked after, in ms. */
const CHECK_MS = 10_000;
/** Nothing for so long is a silence, as a wire has it that TCP will get over: it counts to no rate. */
const SILENCE_MS = 2500;
/** Silences of one message together, in ms: after that TCP itself has given up, on a peer that still has something to say. */
const LONGEST_SILENCE_MS = 1_000_000;

/** What is looked after. */
export interface RatedMessage {
  /** Whether a message has begun and could go on: this side reads. */
  isUnderWay(): boolean;
  /** It is too slow. */
  tooSlow(reason: string): void;
}

/** Sees to it that a message that has begun goes on: otherwise a peer could hold memory for ever, byte by byte. */
export class LeastRate {
  readonly #clock: Clock;
  readonly #bytesPerSecond: number;
  readonly #message: RatedMessage;
  readonly #check: Deadline;
  /** Since the last check: what came, and how long nothing did. */
  #bytes = 0;
  #silentMs = 0;
  #cameAt = 0;
  /** How long nothing came since the message began. */
  #allSilentMs = 0;

  constructor(clock: Clock, bytesPerSecond: number, message: RatedMessage) {
    this.#clock = clock;
    this.#bytesPerSecond = bytesPerSecond;
    this.#message = message;
    this.#check = new Deadline(clock, this.#checked);
  }

  /** Bytes came. Is at work from when a message has `begun` until it is found that none is under way. */
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

  /** Looks after it from now on, with a fresh start. */
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
