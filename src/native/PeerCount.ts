interface Tally {
  /** Connections in their handshake. */
  shaking: number;
  /** Connections whose handshake is complete. */
  connected: number;
  /** Failed handshakes whose disconnect event has not arrived yet. */
  failed: number;
}

/** What a disconnect event means: the end of a peer, of a failed handshake that was reported, or of one that ended silently. */
export type Departure = 'peer' | 'failed' | 'refused';

/**
 * Counts the peers of a socket from the events of its monitor. The count is exact on a connecting side. On a binding side all peers
 * share one address, and a disconnect event does not say whose it is: it counts for a handshake in progress, and is corrected if that
 * handshake ends in another way.
 */
export class PeerCount {
  readonly #tallies = new Map<string, Tally>();
  #total = 0;

  /** How many peers have completed their handshake. */
  get total(): number {
    return this.#total;
  }

  /** A connection was made or accepted, and its handshake begins. */
  start(address: string): void {
    this.#at(address).shaking += 1;
  }

  handshake(address: string): void {
    const tally = this.#at(address);
    if (tally.shaking > 0) {
      tally.shaking -= 1;
      this.#count(tally, 1);
    } // otherwise a disconnect of a peer was counted for this handshake: one more and one less
  }

  /** A handshake failed; a disconnect follows. */
  failure(address: string): void {
    const tally = this.#at(address);
    tally.failed += 1;
    if (tally.shaking > 0) tally.shaking -= 1;
    else if (tally.connected > 0) this.#count(tally, -1);
  }

  disconnect(address: string): Departure {
    const tally = this.#at(address);
    if (tally.failed > 0) {
      tally.failed -= 1;
      return 'failed';
    }
    if (tally.shaking > 0) {
      tally.shaking -= 1;
      return 'refused';
    }
    if (tally.connected > 0) this.#count(tally, -1);
    return 'peer';
  }

  #count(tally: Tally, step: 1 | -1): void {
    tally.connected += step;
    this.#total += step;
  }

  #at(address: string): Tally {
    let tally = this.#tallies.get(address);
    if (tally === undefined) this.#tallies.set(address, (tally = { shaking: 0, connected: 0, failed: 0 }));
    return tally;
  }
}
