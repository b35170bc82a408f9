import { shared } from '../../basics/shared.js';
import type { Clock } from '../../time/Clock.js';
import { encodePing } from './control.js';

/** The text of the pings that compare clocks. */
const TEXT = 'clock';
/** How often the clocks are compared at most, in ms. */
const EVERY_MS = 10_000;

/** The clocks of the gateways that this process is connected to, by the number of the connection: `peer` of a Frame. */
const clocks = /* @__PURE__ */ shared('peerClocks', { of: new Map<number, PeerClock>() });

/**
 * The clock of a gateway, compared with that of this side: a ping and its answer say how far apart they are, to within half of the
 * round trip. No ping is sent until somebody asks.
 */
export class PeerClock {
  readonly #clock: Clock;
  readonly #send: (text: string) => void;
  #peer = -1;
  #sentMs: number | undefined;
  #comparedMs = -Infinity;
  #aheadMs = 0;

  constructor(clock: Clock, send: (text: string) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** How far it is ahead of the clock of this side, in ms, as far as it is known by now. */
  get aheadMs(): number {
    const nowMs = this.#clock.now();
    if (this.#sentMs === undefined && nowMs - this.#comparedMs >= EVERY_MS) {
      this.#sentMs = nowMs;
      this.#send(encodePing(TEXT));
    }
    return this.#aheadMs;
  }

  /** The hello of a gateway has arrived, with its time: later than that by the way of the hello. */
  open(peer: number, now: bigint): void {
    this.#peer = peer;
    this.#aheadMs = Number(now - this.#clock.wallNs()) / 1e6;
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
    const halfMs = (this.#comparedMs - sentMs) / 2;
    this.#aheadMs = Number(now - this.#clock.wallNs()) / 1e6 + halfMs;
  }

  close(): void {
    if (clocks.of.get(this.#peer) === this) clocks.of.delete(this.#peer);
  }
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
