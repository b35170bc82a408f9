import type { Clock } from '../../time/Clock.js';

/** What a connection's heartbeat does with it. */
export interface HeartbeatListener {
  ping(): void;
  /** Nothing came for so long. */
  timedOut(afterMs: number): void;
  /** Whether the silence is our own doing: we do not read. */
  readonly readPaused: boolean;
}

interface HeartbeatSettings {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** Finds out that a peer has gone silent: a PING at each interval, and anything must come within the timeout after it. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #settings: HeartbeatSettings | false;
  readonly #listener: HeartbeatListener;
  /** Counts what came. */
  #heard = 0;
  /** The count at the last PING of ours, and of the peer's, that a time runs from. */
  #heardAtBeat = 0;
  #heardAtPing = 0;
  #cancelInterval: (() => void) | undefined;
  #cancelTimeout: (() => void) | undefined;
  #cancelTtl: (() => void) | undefined;

  constructor(clock: Clock, settings: HeartbeatSettings | false, listener: HeartbeatListener) {
    this.#clock = clock;
    this.#settings = settings;
    this.#listener = listener;
    if (settings) this.#cancelInterval = clock.after(settings.intervalMs, this.#beat);
  }

  /** Something came. */
  heard(): void {
    this.#heard += 1;
  }

  /** A PING came, whose peer wants to be given up after so many ms without anything; 0: never. */
  pinged(ttlMs: number): void {
    if (ttlMs === 0 || (this.#cancelTtl !== undefined && this.#heard === this.#heardAtPing)) return;
    this.#cancelTtl?.();
    this.#heardAtPing = this.#heard;
    this.#awaitWithinTtl(ttlMs);
  }

  stop(): void {
    this.#cancelInterval?.();
    this.#cancelTimeout?.();
    this.#cancelTtl?.();
  }

  readonly #beat = (): void => {
    const { intervalMs, timeoutMs } = this.#settings as HeartbeatSettings;
    this.#cancelInterval = this.#clock.after(intervalMs, this.#beat);
    this.#listener.ping();
    if (timeoutMs === 0 || (this.#cancelTimeout !== undefined && this.#heard === this.#heardAtBeat)) return;
    this.#cancelTimeout?.();
    this.#heardAtBeat = this.#heard;
    this.#cancelTimeout = this.#clock.after(timeoutMs, this.#timeoutOver);
  };

  readonly #timeoutOver = (): void => {
    this.#cancelTimeout = undefined; // the next PING asks again
    if (this.#heard > this.#heardAtBeat || this.#listener.readPaused) return;
    this.#listener.timedOut((this.#settings as HeartbeatSettings).timeoutMs);
  };

  #awaitWithinTtl(ms: number): void {
    this.#cancelTtl = this.#clock.after(ms, () => {
      this.#cancelTtl = undefined;
      if (this.#heard > this.#heardAtPing) return; // by something that names no time: the next PING will
      if (this.#listener.readPaused) this.#awaitWithinTtl(ms);
      else this.#listener.timedOut(ms);
    });
  }
}
