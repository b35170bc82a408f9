import { shared } from '../../basics/shared.js';
import type { Clock } from '../../time/Clock.js';

/** Compares the clock of a gateway with that of this side, by the texts of one connection. */
export interface ClockComparison {
  /** An answer to a ping has arrived, with the time of the gateway. */
  pong(text: string, now: bigint | undefined): void;
  close(): void;
}

type Open = (clock: Clock, peer: number, now: bigint, send: (text: string) => void) => ClockComparison;

/** What compares clocks, if anything does: a page that wants no latency does not load it. */
export const peerClocks = /* @__PURE__ */ shared('clockComparison', { open: undefined as Open | undefined });
