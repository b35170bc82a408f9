import type { Clock } from '../../time/Clock.js';
import { Deadline } from '../../time/Deadline.js';

/** What a heartbeat needs of its connection. */
export interface HeartbeatListener {
  /** Sends a PING; `pingSent` follows once the kernel has it. */
  ping(): void;
  /** Sends a PONG without a PING. */
  pong(): void;
  /** The peer gave no sign of life for this long. */
  timedOut(afterMs: number): void;
  /** This side does not read, and so causes the silence itself. */
  readonly readPaused: boolean;
  /** Whether a PING of the peer may be behind data that is not read yet: this side does not read, or a message has arrived in part. */
  readonly isBehind: boolean;
  /** Bytes that were written, but that the kernel has not accepted yet. */
  readonly unsent: number;
}

export interface HeartbeatSettings {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly ttlMs: number;
}

/** A side that may not get to read a PING sends a PONG this often, in ms, or four times per interval of the PINGs if that is shorter. */
const PONG_MS = 50;
const LEAST_PONG_MS = 10;

/**
 * Detects a silent peer, and keeps the peer from taking this side for silent. After the kernel has accepted a PING, a sign of life
 * must come within the time-out: bytes of any kind, or output that drains. A peer is not given up while this side does not read, nor
 * while output to it waits, as its consumer may hold it back. The latter does not apply to a peer that sends PONGs by itself in that
 * case. This side recognizes such a peer by a PONG without a PING, and sends one itself to each peer that sends PINGs.
 */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #settings: HeartbeatSettings | false;
  readonly #listener: HeartbeatListener;
  readonly #timeout: Deadline;
  readonly #ttl: Deadline;
  /** Counts signs of life. */
  #signs = 0;
  /** That count when the time-out after a PING of this side began, and when that of the peer's PING began. */
  #signsAtBeat = 0;
  #signsAtPing = 0;
  /** The unsent bytes when the time-out began. */
  #unsentBefore = 0;
  /** A PING waits for output to drain. */
  #pingWaits = false;
  /** How many PINGs this side has sent, and how many PONGs have arrived. */
  #pings = 0;
  #pongs = 0;
  /** The peer has sent more PONGs than it got PINGs. */
  #tellsByItself = false;
  /** The peer has yet to get the PONG without a PING by which it recognizes this side. */
  #introduces = false;
  #ttlMs = 0;
  /** When the last PING of the peer arrived, and the shortest interval of its PINGs. */
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

  /** The handshake is done. The first PING is sent before all messages, so that the peer expects others before it stops reading. */
  start(): void {
    if (this.#settings) this.#beat();
  }

  /** Bytes have arrived. */
  heard(): void {
    this.#signs += 1;
  }

  /** The kernel has accepted output that had to wait. */
  drained(): void {
    this.#signs += 1;
  }

  /** A PING has arrived. Its peer is to be given up after `ttlMs` without any traffic; 0: never. */
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

  /** The kernel has accepted the PING. */
  pingSent(): void {
    this.#pingWaits = false;
    this.#expect();
  }

  /** Reading is paused, or a message has arrived in part. Sends PONGs from time to time if the peer expects signs of life. */
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

  /** Whether the peer may give up this side when it is silent: it sends PINGs, or the PINGs of this side name a time to live. */
  get #isAsked(): boolean {
    return !Number.isNaN(this.#pingedAt) || (this.#settings !== false && this.#settings.ttlMs > 0);
  }

  #pongSoon(): void {
    if (this.#cancelPong || this.#stopped) return;
    const ms = Math.max(LEAST_PONG_MS, Math.min(PONG_MS, this.#peerIntervalMs / 4));
    // eslint-disable-next-line no-restricted-syntax -- only sends; decisions use a Deadline
    this.#cancelPong = this.#clock.after(ms, () => {
      this.#cancelPong = undefined;
      const { isBehind } = this.#listener;
      if (!isBehind && !this.#introduces) return;
      this.#introduces = false;
      this.#listener.pong();
      if (isBehind) this.#pongSoon();
    });
  }

  /** Whether a peer that is held back would send PONGs often enough for the time-out. */
  get #wouldSaySo(): boolean {
    return this.#tellsByItself && (this.#settings as HeartbeatSettings).timeoutMs >= 2 * PONG_MS;
  }

  readonly #beat = (): void => {
    const { intervalMs } = this.#settings as HeartbeatSettings;
    // eslint-disable-next-line no-restricted-syntax -- only sends; decisions use a Deadline
    this.#cancelInterval = this.#clock.after(intervalMs, this.#beat);
    if (this.#listener.readPaused) return; // its answer would not be read, and behind the unread data the peer may have closed the connection
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
    if (this.#signs > this.#signsAtPing) return; // there was other traffic: the next PING sets the time again
    if (this.#listener.readPaused) this.#ttl.set(this.#ttlMs);
    else this.#listener.timedOut(this.#ttlMs);
  };
}
