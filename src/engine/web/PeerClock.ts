import { shared } from '../../basics/shared.js';
import type { Clock } from '../../time/Clock.js';
import { encodePing } from './control.js';
import { type ClockComparison, peerClocks } from './peerClocks.js';

/** The text of the pings that compare clocks. */
const TEXT = 'clock';
/** How often the clocks are compared, in ms: more often until they have been compared a few times. */
const EVERY_MS = 10_000;
const FIRST_MS = 500;
const FIRST = 6;
/** How many comparisons are kept. */
const MOST_KEPT = 20;

interface Comparison {
  readonly roundTripMs: number;
  readonly aheadMs: number;
}

/** The clocks of the gateways that this process is connected to, by the number of the connection: `peer` of a Frame. */
const clocks = /* @__PURE__ */ shared('peerClocks', { of: new Map<number, PeerClock>() });

/**
 * The clock of a gateway, compared with that of this side: a ping and its answer say how far apart they are, to within half of the
 * round trip. Of several, the one with the shortest round trip counts, as a page that is busy reads an answer late. No ping is sent
 * until somebody asks.
 */
export class PeerClock implements ClockComparison {
  readonly #clock: Clock;
  readonly #send: (text: string) => void;
  #peer = -1;
  #sentMs: number | undefined;
  #comparedMs = -Infinity;
  /** How far it is ahead by its hello. */
  #helloMs = 0;
  #compared: Comparison[] = [];

  constructor(clock: Clock, send: (text: string) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** How far it is ahead of the clock of this side, in ms, as far as it is known by now. */
  get aheadMs(): number {
    const nowMs = this.#clock.now();
    if (this.#sentMs === undefined && nowMs - this.#comparedMs >= this.#everyMs) {
      this.#sentMs = nowMs;
      this.#send(encodePing(TEXT));
    }
    let best: Comparison | undefined;
    for (const one of this.#compared) if (best === undefined || one.roundTripMs < best.roundTripMs) best = one;
    return best?.aheadMs ?? this.#helloMs;
  }

  /** The hello of a gateway has arrived, with its time: later than that by the way of the hello. */
  open(peer: number, now: bigint): void {
    this.#peer = peer;
    this.#helloMs = Number(now - this.#clock.wallNs()) / 1e6;
    clocks.of.delete(peer); // so that the newest is the last
    clocks.of.set(peer, this);
  }

  /** A pong has arrived. */
  pong(text: string, now: bigint | undefined): void {
    const sentMs = this.#sentMs;
    if (sentMs === undefined || text !== TEXT) return;
    this.#sentMs = undefined;
    this.#comparedMs = this.#clock.now();
    if (now === undefined) return;
    const roundTripMs = this.#comparedMs - sentMs;
    const aheadMs = Number(now - this.#clock.wallNs()) / 1e6 + roundTripMs / 2;
    this.#compared = [...this.#compared.slice(1 - MOST_KEPT), { roundTripMs, aheadMs }];
  }

  get #everyMs(): number {
    return this.#compared.length < FIRST ? FIRST_MS : EVERY_MS;
  }

  close(): void {
    if (clocks.of.get(this.#peer) === this) clocks.of.delete(this.#peer);
  }
}

/** Compares the clocks of all gateways that are connected to from now on. */
export function watchClocks(): void {
  peerClocks.open ??= (clock, peer, now, send) => {
    const peerClock = new PeerClock(clock, send);
    peerClock.open(peer, now);
    return peerClock;
  };
}

/**
 * How far the clock of a gateway is ahead of that of this side, in ms; 0 if there is no gateway.
 *
 * @param peer the connection; `undefined`: the newest
 */
export function peerAheadMs(peer: number | undefined): number {
  const clock = peer === undefined ? [...clocks.of.values()].at(-1) : clocks.of.get(peer);
  return clock?.aheadMs ?? 0;
}
