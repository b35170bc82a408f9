import type { Clock } from '../../internal/Clock.js';

/** What a connection's heartbeat does with it. */
export interface HeartbeatListener {
  ping(): void;
  /** Nothing came for so long. */
  timedOut(afterMs: number): void;
  /** Whether the silence is our own doing: we do not read. */
  readonly deaf: boolean;
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
    if (ttlMs > 0) this.#cancelTtl ??= this.#expect(ttlMs, () => (this.#cancelTtl = undefined));
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
    if (timeoutMs > 0) this.#cancelTimeout ??= this.#expect(timeoutMs, () => (this.#cancelTimeout = undefined));
  };

  #expect(ms: number, over: () => void): () => void {
    const before = this.#heard;
    return this.#clock.after(ms, () => {
      over();
      if (this.#heard > before || this.#listener.deaf) return;
      this.#listener.timedOut(ms);
    });
  }
}
