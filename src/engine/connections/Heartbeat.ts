import type { Clock } from '../../time/Clock.js';
import { Deadline } from '../../time/Deadline.js';

/** What a connection's heartbeat does with it. */
export interface HeartbeatListener {
  /** Sends a PING; `pingSent` follows once the kernel has it. */
  ping(): void;
  /** Sends a PONG that nobody has asked for. */
  pong(): void;
  /** The peer showed no sign of life for so long. */
  timedOut(afterMs: number): void;
  /** Whether the silence is this side's own doing: it does not read. */
  readonly readPaused: boolean;
  /** Whether a PING of the peer may stand behind what was not read: this side does not read, or a message is under way. */
  readonly isBehind: boolean;
  /** Bytes that were written and that the kernel has not taken yet. */
  readonly unsent: number;
}

export interface HeartbeatSettings {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly ttlMs: number;
}

/** A side that may not get to a PING sends a PONG this often, in ms, or four times in the interval of the PINGs if that is less. */
const PONG_MS = 50;
const LEAST_PONG_MS = 10;

/**
 * Finds out that a peer has gone silent, and keeps a peer from believing so. After each PING that the kernel has taken, a sign of
 * life must come within the timeout: bytes of any kind, or output that drains. A peer is not judged while this side does not read,
 * nor while it lets output wait: it may be held back by its consumer. One that would say so by PONGs of its own is judged then, too.
 * It is known by one that nobody asked for, which this side sends to each peer that sends PINGs.
 */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #settings: HeartbeatSettings | false;
  readonly #listener: HeartbeatListener;
  readonly #timeout: Deadline;
  readonly #ttl: Deadline;
  /** Counts signs of life. */
  #signs = 0;
  /** The count when a time began to run after a PING of this side, and of the peer's. */
  #signsAtBeat = 0;
  #signsAtPing = 0;
  /** What had not left when the timeout began. */
  #unsentBefore = 0;
  /** A PING waits for output to drain. */
  #pingWaits = false;
  /** PINGs that were asked for, and PONGs that came. */
  #pings = 0;
  #pongs = 0;
  /** The peer has sent more of them than it was asked for. */
  #tellsByItself = false;
  /** The peer is still to get the PONG by which it knows that. */
  #introduces = false;
  #ttlMs = 0;
  /** When the peer's last PING came, and how often they come. */
  #pingedAt = NaN;
  #peerIntervalMs = Infinity;
  #cancelInterval: (() => void) | undefined;
  #cancelPong: (() => void) | undefined;
  #stopped = false;

  constructor(clock: Clock, settings: HeartbeatSettings | false, listener: HeartbeatListener) {
    this.#clock = clock;
    this.#settings = settings;
    this.#listener = listener;
    this.#timeout = new Deadline(clock, this.#timeoutOver);
    this.#ttl = new Deadline(clock, this.#ttlOver);
  }

  /** The handshake is done. The first PING goes ahead of all messages: so the peer knows of the others before it stops reading. */
  start(): void {
    if (this.#settings) this.#beat();
  }

  /** Bytes came. */
  heard(): void {
    this.#signs += 1;
  }

  /** Output that had to wait is with the kernel. */
  drained(): void {
    this.#signs += 1;
  }

  /** A PING came, whose peer wants to be given up after so many ms without anything; 0: never. */
  pinged(ttlMs: number): void {
    const now = this.#clock.now();
    if (Number.isNaN(this.#pingedAt)) {
      this.#introduces = true;
      this.#pongSoon();
    }
    if (now > this.#pingedAt) this.#peerIntervalMs = Math.min(this.#peerIntervalMs, now - this.#pingedAt);
    this.#pingedAt = now;
    if (ttlMs === 0 || (this.#ttl.isSet && this.#signs === this.#signsAtPing)) return;
    this.#signsAtPing = this.#signs;
    this.#ttlMs = ttlMs;
    this.#ttl.set(ttlMs);
  }

  ponged(): void {
    this.#pongs += 1;
    if (this.#pongs > this.#pings) this.#tellsByItself = true;
  }

  /** The kernel has the PING that was asked for. */
  pingSent(): void {
    this.#pingWaits = false;
    this.#expect();
  }

  /** Reading was stopped, or a message is under way. Says now and then that this side lives, to a peer that wants to know. */
  behind(): void {
    if (this.#isAsked) this.#pongSoon();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelInterval?.();
    this.#cancelPong?.();
    this.#timeout.close();
    this.#ttl.close();
  }

  /** Whether the peer gives this side up when it hears nothing: it sends PINGs, or was named a time in those of this side. */
  get #isAsked(): boolean {
    return !Number.isNaN(this.#pingedAt) || (this.#settings !== false && this.#settings.ttlMs > 0);
  }

  #pongSoon(): void {
    if (this.#cancelPong || this.#stopped) return;
    const ms = Math.max(LEAST_PONG_MS, Math.min(PONG_MS, this.#peerIntervalMs / 4));
    // eslint-disable-next-line no-restricted-syntax -- sends something; what is decided has a Deadline
    this.#cancelPong = this.#clock.after(ms, () => {
      this.#cancelPong = undefined;
      const { isBehind } = this.#listener;
      if (!isBehind && !this.#introduces) return;
      this.#introduces = false;
      this.#listener.pong();
      if (isBehind) this.#pongSoon();
    });
  }

  /** Whether the peer, where it is held back, says so often enough for the timeout. */
  get #wouldSaySo(): boolean {
    return this.#tellsByItself && (this.#settings as HeartbeatSettings).timeoutMs >= 2 * PONG_MS;
  }

  readonly #beat = (): void => {
    const { intervalMs } = this.#settings as HeartbeatSettings;
    // eslint-disable-next-line no-restricted-syntax -- sends something; what is decided has a Deadline
    this.#cancelInterval = this.#clock.after(intervalMs, this.#beat);
    if (this.#listener.readPaused) return; // its answer would not be read, and the peer may have closed behind what was not read
    if (this.#pingWaits) {
      if (this.#wouldSaySo) this.#expect();
      return;
    }
    this.#pingWaits = true;
    this.#pings += 1;
    this.#listener.ping();
  };

  #expect(): void {
    const { timeoutMs } = this.#settings as HeartbeatSettings;
    if (timeoutMs === 0 || (this.#timeout.isSet && this.#signs === this.#signsAtBeat)) return;
    this.#signsAtBeat = this.#signs;
    this.#unsentBefore = this.#listener.unsent;
    this.#timeout.set(timeoutMs);
  }

  readonly #timeoutOver = (): void => {
    const { readPaused: deaf, unsent } = this.#listener;
    if (this.#signs > this.#signsAtBeat || deaf) return; // the next PING asks again
    const mayBeHeldBack = unsent > 0 && !this.#wouldSaySo;
    if (mayBeHeldBack || unsent !== this.#unsentBefore) {
      this.#expect();
      return;
    }
    this.#listener.timedOut((this.#settings as HeartbeatSettings).timeoutMs);
  };

  readonly #ttlOver = (): void => {
    if (this.#signs > this.#signsAtPing) return; // by something that names no time: the next PING will
    if (this.#listener.readPaused) this.#ttl.set(this.#ttlMs);
    else this.#listener.timedOut(this.#ttlMs);
  };
}
